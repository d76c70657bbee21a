"""Questions asked in vain are embedded and looked up once, and again only where articles that changed are near."""

from pathlib import Path

import numpy as np
import pytest

from console.assist.ports import Nearest
from console.server.articles import Articles
from console.server.asked import Asked
from console.server.question_memory import QuestionMemory, digest
from console.server.remembering import RememberingEmbedder
from knowledge import Document, Embedder, KnowledgeIndex
from tests.server.counting import Counting

LOST = Document("lost.md", "Lost parcels", "A parcel counts as lost after seven days without a scan.")
WRAP = Document("wrap.md", "Gift wrapping", "Yes, we offer gift wrapping for every order; it costs £4.")
QUESTIONS = (
    "Do you offer gift wrapping for orders?",
    "Can a drone battery be posted?",
    "When does a parcel count as lost?",
)


class Looked(Articles):
    """Articles that tell what was looked up."""

    def __init__(self, index: KnowledgeIndex) -> None:
        super().__init__(index)
        self.queries: list[str] = []

    def look_up(self, query: str, k: int):  # type: ignore[no-untyped-def] # noqa: ANN201 - as there
        """Look up."""
        self.queries.append(query)
        return super().look_up(query, k)


class Desk:
    """One workspace; every process that opens it begins with what the one before has kept."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self.folder = folder
        self.embedder = Counting(embedder)
        self.index = KnowledgeIndex(folder / "knowledge", self.embedder)
        self.index.update([LOST], source="a")
        self.said: list[str] = []

    def open(self) -> tuple[Asked, Looked]:
        """Open it as a new process does."""
        articles = Looked(KnowledgeIndex(self.folder / "knowledge", self.embedder))
        memory = QuestionMemory(self.folder / "questions.db", self.embedder.fingerprint)
        self.embedder.texts.clear()
        return Asked(RememberingEmbedder(self.embedder), articles, memory), articles


@pytest.fixture
def desk(tmp_path: Path, embedder: Embedder) -> Desk:
    """One article about lost parcels."""
    return Desk(tmp_path, embedder)


def test_another_process_embeds_and_asks_nothing_again(desk: Desk) -> None:
    """What one has worked out, the next finds on disk."""
    asked, articles = desk.open()
    asked.prepare(QUESTIONS, desk.said.append)
    assert sorted(articles.queries) == sorted(QUESTIONS)
    assert [asked.nearest(text).answerable for text in QUESTIONS] == [False, False, True]
    before = asked.encode(QUESTIONS)
    asked, articles = desk.open()
    asked.prepare(QUESTIONS, desk.said.append)
    assert [asked.nearest(text).answerable for text in QUESTIONS] == [False, False, True]
    assert np.array_equal(asked.encode(QUESTIONS), before)
    assert (articles.queries, desk.embedder.texts) == ([], [])


def test_a_new_article_is_asked_by_the_questions_near_to_it_alone(desk: Desk) -> None:
    """Also where it came while no process ran."""
    asked, _ = desk.open()
    asked.prepare(QUESTIONS, desk.said.append)
    desk.index.update([LOST, WRAP], source="a")
    asked, articles = desk.open()
    asked.prepare(QUESTIONS, desk.said.append)
    assert [asked.nearest(text).answerable for text in QUESTIONS] == [True, False, True]
    assert articles.queries == [QUESTIONS[0]]
    desk.index.update([LOST], source="a")
    asked, articles = desk.open()
    asked.prepare(QUESTIONS, desk.said.append)
    assert articles.queries == [QUESTIONS[0]]
    assert not asked.nearest(QUESTIONS[0]).answerable


def test_what_was_found_with_a_damaged_index_is_not_kept(desk: Desk) -> None:
    """The next process, with the whole index, asks again."""
    files = [path for path in (desk.folder / "knowledge").rglob("*/vectors/*") if path.is_file()]
    file = max(files, key=lambda path: path.stat().st_size)
    data = file.read_bytes()
    file.unlink()
    file.write_bytes(data[:-8])
    asked, _ = desk.open()
    asked.prepare(QUESTIONS[:1], desk.said.append)
    assert asked.outdated()
    desk.index.mend()
    asked.prepare(QUESTIONS[:1], desk.said.append)
    assert not asked.nearest(QUESTIONS[0]).answerable
    assert not asked.outdated()


def test_what_was_found_where_articles_were_lost_is_kept(desk: Desk) -> None:
    """It is all that the index holds; the article, once it is back, is asked by the questions near to it."""
    desk.index.update([WRAP], source="b")
    for file in (desk.folder / "knowledge").rglob("*.db"):
        data = file.read_bytes()
        file.unlink()
        file.write_bytes(data.replace(b"gift wrapping for", b"gift wrapping of "))
    assert desk.index.mend().lost == {"b": 1}
    asked, _ = desk.open()
    asked.prepare(QUESTIONS, desk.said.append)
    assert not asked.outdated()
    asked, articles = desk.open()
    asked.prepare(QUESTIONS, desk.said.append)
    assert (articles.queries, asked.nearest(QUESTIONS[0]).answerable) == ([], False)
    desk.index.update([WRAP], source="b")
    asked.prepare(QUESTIONS, desk.said.append)
    assert (articles.queries, asked.nearest(QUESTIONS[0]).answerable) == ([QUESTIONS[0]], True)


def test_other_questions_are_forgotten(desk: Desk) -> None:
    """On disk too: what was erased does not stay."""
    asked, _ = desk.open()
    asked.prepare(QUESTIONS, desk.said.append)
    asked.forget_others(QUESTIONS[:1])
    memory = QuestionMemory(desk.folder / "questions.db", desk.embedder.fingerprint)
    assert memory.embedded() == memory.answers().keys() == {digest(QUESTIONS[0])}


def test_vectors_of_another_model_are_forgotten(tmp_path: Path) -> None:
    """They cannot be compared."""
    file, row = tmp_path / "questions.db", np.ones((1, 3), np.float32)
    QuestionMemory(file, "one").keep_vectors(["a"], row)
    assert QuestionMemory(file, "one").embedded() == {digest("a")}
    assert QuestionMemory(file, "other").embedded() == set()


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_memory_is_made_anew(tmp_path: Path, content: bytes) -> None:
    """Nothing in it cannot be worked out again."""
    file = tmp_path / "questions.db"
    file.write_bytes(content)
    memory = QuestionMemory(file, "one")
    memory.keep_answers({"a": Nearest(answerable=True)})
    assert QuestionMemory(file, "one").answers() == {digest("a"): Nearest(answerable=True)}


def test_where_nothing_can_be_written_the_process_remembers(tmp_path: Path) -> None:
    """A folder stands where the file should."""
    (tmp_path / "questions.db").mkdir()
    memory = QuestionMemory(tmp_path / "questions.db", "one")
    memory.keep_answers({"a": Nearest(answerable=True)})
    assert memory.answers() == {digest("a"): Nearest(answerable=True)}


def test_more_vectors_than_one_statement_names_are_read_and_what_is_not_kept_is_left_out(tmp_path: Path) -> None:
    """Each by its digest."""
    memory = QuestionMemory(tmp_path / "questions.db", "model")
    texts = [f"question {n}" for n in range(1_200)]
    memory.keep_vectors(texts, np.arange(1_200, dtype=np.float32)[:, None])
    found = memory.vectors_of([*map(digest, texts), digest("never asked")])
    assert [float(found[digest(text)][0]) for text in texts] == list(range(1_200))
    assert len(found) == len(texts)
