"""How meaning, words and titles come together in the ranking."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from knowledge.coverage import Keys, Titles, asked, title_coverage
from knowledge.document import Audience
from knowledge.embedding.port import Matrix
from knowledge.lexical import Entry, TantivyLexical, TantivyWriter
from knowledge.query import Directions, of_conversation, of_text
from knowledge.ranking import Place, Ranking, Sources, rank
from knowledge.shelf import Found
from knowledge.vectors.port import Numbers
from knowledge.words import title_keys


class Near:
    """Vectors of two numbers; the first is the cosine to the query (1, 0)."""

    def __init__(self, cosines: list[float]) -> None:
        self._rows = np.asarray([[c, (1 - c * c) ** 0.5] for c in cosines], np.float32)

    @property
    def count(self) -> int:
        """All of them."""
        return len(self._rows)

    def search(self, queries: Matrix, k: int) -> tuple[Matrix, Numbers]:
        """Exact."""
        cosines = queries @ self._rows.T
        order = np.argsort(-cosines, axis=1)[:, :k]
        return np.take_along_axis(cosines, order, axis=1), order

    def get(self, numbers: Numbers) -> Matrix:
        """By row."""
        return self._rows[numbers]


class Shelved:
    """Documents by number, each of one passage with the same number."""

    def __init__(self, titles: list[str]) -> None:
        self.titles = titles

    def found(self, passages: Numbers, audience: Audience | None) -> Found:
        """All are there, current, and for anybody."""
        return Found(passages, passages, np.zeros(len(passages), np.bool_), titles_of(self.titles[n] for n in passages))

    def title_counts(self, keys: Keys) -> Numbers:
        """Counted each time."""
        titles = titles_of(self.titles)
        counts = Counter([*titles.keys.tolist(), *titles.wholes.tolist()])
        return np.asarray([counts[key] for key in keys.tolist()], np.int64)


def titles_of(titles: Iterable[str]) -> Titles:
    """As columns hold them."""
    wholes, held = zip(*map(title_keys, titles), strict=True)
    owners = [number for number, keys in enumerate(held) for _ in keys]
    return Titles(
        np.asarray(wholes, np.uint64),
        np.asarray([key for keys in held for key in keys], np.uint64),
        np.asarray(owners, np.int64),
    )


def _lexical(folder: Path, texts: list[str], titles: list[str]) -> TantivyLexical:
    writer = TantivyWriter(folder / "words")
    writer.put(
        Entry(number, number, title, (), text) for number, (text, title) in enumerate(zip(texts, titles, strict=True))
    )
    writer.close()
    return TantivyLexical(folder / "words")


def _ranked(
    folder: Path, texts: list[str], cosines: list[float], query: str, titles: list[str] | None = None, k: int = 3
) -> Ranking:
    titles = titles or [""] * len(texts)
    sources = Sources(Near(cosines), _lexical(folder, texts, titles), Shelved(titles), len(texts))
    return rank(sources, of_text(query), _towards(1, 0), k, None)


def _towards(*row: float) -> Directions:
    vector = np.asarray([row], np.float32)
    return Directions(vector, vector)


def _order(ranking: Ranking) -> list[int]:
    return [place.passage for place in ranking.places]


FILLING = [f"the fan number {n} may be cleaned with a cloth" for n in range(40)]


def test_the_passage_that_names_the_code_comes_first_among_those_that_are_as_near(tmp_path: Path) -> None:
    """Meaning cannot tell one code from another."""
    texts = [*FILLING, "When ERR-4031 is shown, the door is open.", "When ERR-4013 is shown, the fan is stuck."]
    assert _order(_ranked(tmp_path, texts, [0.2] * 40 + [0.6, 0.62], "what does err 4031 mean?"))[:2] == [40, 41]


def test_a_passage_far_in_meaning_is_found_by_its_words(tmp_path: Path) -> None:
    """Even where hundreds are nearer."""
    texts = [f"fan {n}" for n in range(600)] + ["Batch LF-88213 left without laces."]
    assert _order(_ranked(tmp_path, texts, [0.4] * 600 + [0.0], "LF88213"))[0] == 600


def test_words_that_stand_in_no_passage_change_nothing(tmp_path: Path) -> None:
    """The order is that of meaning."""
    assert _order(_ranked(tmp_path, FILLING, [n / 50 for n in range(40)], "zebra crossing")) == [39, 38, 37]


def test_words_of_the_title_do_not_count_in_full_twice(tmp_path: Path) -> None:
    """With equal words, the passage that says them in its text as well as the title is not raised beyond one title."""
    lexical = _lexical(tmp_path, [*FILLING, "boots"], [""] * 40 + ["boots"])
    looked_for = asked({"boot": 1.0}, lexical)
    assert looked_for.in_titles(titles_of(["Boots", "Sandals"])).tolist() == pytest.approx([looked_for.total, 0])


def test_a_query_of_common_words_is_not_searched_for_by_words(tmp_path: Path) -> None:
    """They say nothing about any passage, but still count towards what was asked."""
    looked_for = asked({"fan": 1.0, "cloth": 1.0}, _lexical(tmp_path, FILLING, [""] * 40))
    assert looked_for.terms == {}
    assert looked_for.total > 0


def test_of_many_terms_those_that_weigh_most_are_searched_for(tmp_path: Path) -> None:
    """Said lately, and rare."""
    lexical = _lexical(tmp_path, [f"word{n}" for n in range(60)], [""] * 60)
    looked_for = asked({f"word{n}": 1 - n / 100 for n in range(60)}, lexical)
    assert list(looked_for.terms) == [f"word{n}" for n in range(24)]


def test_a_title_is_covered_as_far_as_its_words_were_named() -> None:
    """And not at all where none was."""
    names = ["Ashley Hotel", "Bridge Hotel", "Opening hours", ""]
    covered = title_coverage(titles_of(names), {"ashley": 1, "hotel": 1}, Shelved(names), len(names))
    assert covered[0] > covered[1] > covered[2] == covered[3] == 0


def test_the_order_named_eight_turns_ago_steers_the_hit(tmp_path: Path) -> None:
    """Its code fades little, where words of the same message have faded."""
    said = ["I have the XK200B", *(f"chat {n}" for n in range(7)), "How do I reset it?"]
    query = of_conversation([{"role": "customer" if n % 2 == 0 else "agent", "text": t} for n, t in enumerate(said)])
    assert query.named["xk200b"] > 0.8 > query.named["have"]
    texts = [*FILLING, "Reset of the XK 200/A: hold the button.", "Reset of the XK 200/B: turn the knob."]
    sources = Sources(Near([0.5] * 42), _lexical(tmp_path, texts, [""] * 42), Shelved([""] * 42), 42)
    assert _order(rank(sources, query, _towards(1, 0), 2, None))[0] == 41


def test_search_goes_on_with_one_of_vectors_and_words(tmp_path: Path) -> None:
    """While the other is mended; without vectors it cannot be told whether there is an answer."""
    texts = [*FILLING, "A lost parcel is searched for."]
    lexical, shelf, query = _lexical(tmp_path, texts, [""] * 41), Shelved([""] * 41), of_text("lost parcel")
    by_words = rank(Sources(None, lexical, shelf, 41), query, _towards(1, 0), 1, None)
    by_meaning = rank(Sources(Near([0.1] * 40 + [0.9]), None, shelf, 41), query, _towards(1, 0), 1, None)
    assert _order(by_words) == _order(by_meaning) == [40]
    assert (by_words.nearest, by_words.held) == (None, 1.0)
    assert (by_meaning.nearest, by_meaning.held) == (pytest.approx(0.9), None)


def test_what_was_said_before_does_not_make_a_question_answerable(tmp_path: Path) -> None:
    """The talk is near an article; the question is not."""
    sources = Sources(Near([0.9]), _lexical(tmp_path, ["parcel"], [""]), Shelved([""]), 1)
    talk = Directions(np.asarray([[1, 0]], np.float32), np.asarray([[0, 1]], np.float32))
    assert rank(sources, of_text("who won?"), talk, 1, None).nearest == pytest.approx((1 - 0.81) ** 0.5, abs=1e-5)


def test_relevance_is_below_one_and_keeps_the_order() -> None:
    """However much is added to a cosine."""
    low, high = Place(1, 0.5, 0.9).relevance, Place(2, 1.0, 2.4).relevance
    assert low < high < 1


def test_the_name_that_several_documents_share_adds_more_than_a_title_of_ones_own(tmp_path: Path) -> None:
    """It says what they are about, which their vectors blur."""
    texts = [*FILLING, "breakfast is at eight", "breakfast is at nine", "breakfast is at ten"]
    titles = [""] * 40 + ["Ashley", "Ashley", "Bridge"]
    ranking = _ranked(tmp_path, texts, [0.0] * 40 + [0.4] * 3, "ashley bridge", titles)
    assert {place.passage for place in ranking.places[:2]} == {40, 41}


def test_where_a_passage_is_very_near_words_do_not_outweigh_meaning(tmp_path: Path) -> None:
    """They add to a cosine of 0.5, and not to one of 0.9."""
    texts = [*FILLING, "the parcel and its label", "the refund", "a zone", "a letter"]
    for near, first in ((0.5, 40), (0.9, 41)):
        (folder := tmp_path / str(near)).mkdir()
        ranking = _ranked(folder, texts, [0.0] * 40 + [near - 0.1, near, 0.0, 0.0], "parcel zone letter")
        assert ranking.places[0].passage == first
