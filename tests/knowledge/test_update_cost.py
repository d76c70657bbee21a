"""What an update costs depends on what changed: nothing else is read, embedded or written."""

import json
import os
from pathlib import Path

import pytest

from knowledge import Document, KnowledgeIndex
from knowledge.loaders import origin
from tests.knowledge.fakes import WordEmbedder


def _lines(file: Path, texts: dict[str, str]) -> None:
    rows = (json.dumps({"id": name, "title": name, "text": text}) for name, text in texts.items())
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")


def test_unchanged_lines_and_files_are_not_read_again(
    tmp_path: Path, words: WordEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their bytes tell; a reading that would fail does not happen."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.md").write_text("# A\n\nAlpha", encoding="utf-8")
    (folder / "b.md").write_text("# B\n\nBeta", encoding="utf-8")
    _lines(folder / "c.jsonl", {"c1": "Gamma", "c2": "Delta"})
    index = KnowledgeIndex(tmp_path / "index", words)
    assert index.update_from(folder).added == 4
    read: list[str] = []
    for loader in ("markdown", "jsonl"):
        monkeypatch.setattr(f"knowledge.loaders.{loader}.clean", lambda text: read.append(text) or text)
    (folder / "b.md").write_text("# B\n\nBeta two", encoding="utf-8")
    _lines(folder / "c.jsonl", {"c1": "Gamma", "c2": "Delta two"})
    report = index.update_from(folder)
    assert (report.updated, report.unchanged, report.removed) == (2, 2, 0)
    assert not [text for text in read if "Alpha" in text or "Gamma" in text]
    assert index.document("c1")


def test_a_new_way_to_read_reads_everything_again(
    tmp_path: Path, words: WordEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same bytes may hold another text then."""
    file = tmp_path / "a.txt"
    file.write_text("Alpha", encoding="utf-8")
    index = KnowledgeIndex(tmp_path / "index", words)
    index.update_from(file)
    monkeypatch.setattr(origin, "VERSION", origin.VERSION + 1)
    monkeypatch.setattr("knowledge.loaders.plain.clean", lambda _: "Beta")
    assert index.update_from(file).updated == 1
    assert "Beta" in index.search("beta", k=1).hits[0].passage


def test_a_line_that_moves_to_another_source_is_taken_over(tmp_path: Path, words: WordEmbedder) -> None:
    """It is read there, since the other source does not know it."""
    for name in ("one", "two"):
        _lines(tmp_path / f"{name}.jsonl", {"x": "Alpha"})
    index = KnowledgeIndex(tmp_path / "index", words)
    index.update_from(tmp_path / "one.jsonl")
    report = index.update_from(tmp_path / "two.jsonl")
    assert report.taken_over == ("x",)
    assert index.contents().sources == {str((tmp_path / "two.jsonl").resolve()): 1}
    assert len(index.search("alpha", k=5).hits) == 1


def test_of_a_changed_document_only_changed_passages_are_embedded(tmp_path: Path, words: WordEmbedder) -> None:
    """The others keep their vectors."""
    sections = [f"## Part {n}\n\n" + f"word{n} " * 120 for n in range(6)]
    document = Document("a.md", "A", "\n\n".join(sections), format="markdown")
    index = KnowledgeIndex(tmp_path, words)
    first = index.update([document], source="s")
    sections[3] = "## Part 3\n\nSomething else entirely."
    words.embedded.clear()
    report = index.update([Document("a.md", "A", "\n\n".join(sections), format="markdown")], source="s")
    assert first.passages_embedded >= 6
    assert (report.passages_embedded, len(words.embedded)) == (1, 1)
    assert index.search("word5", k=1).hits[0].headings == ("Part 5",)


def test_an_update_shares_the_files_of_the_generation_before(tmp_path: Path, words: WordEmbedder) -> None:
    """A large part keeps its file; what one document adds is small."""
    documents = [Document(f"d{n}", f"Title {n}", f"text number {n} " * 20) for n in range(400)]
    index = KnowledgeIndex(tmp_path, words)
    index.update(documents, source="s")
    before = {file.name: file.stat().st_ino for file in tmp_path.glob("generations/*/*/*") if file.stat().st_size}
    index.update([Document("new", "New", "Something new")], source="t")
    after = {file.name: file.stat() for file in tmp_path.glob("generations/*/*/*")}
    kept = [name for name in before if name in after and after[name].st_ino == before[name]]
    assert any(name.endswith(".db") for name in kept)
    assert any(name.endswith(".f32") for name in kept)
    fresh = sum(about.st_size for name, about in after.items() if name not in kept)
    assert fresh < sum(about.st_size for about in after.values()) / 3


def test_where_files_cannot_be_linked_they_are_copied(
    tmp_path: Path, words: WordEmbedder, articles: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slower, not wrong."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    index = KnowledgeIndex(tmp_path, words)
    index.update(articles, source="s")
    index.update([Document("new", "New", "Something new")], source="t")
    index.verify()
    assert index.search("parcel lost", k=1).hits[0].document == "lost.md"
