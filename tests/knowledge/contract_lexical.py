"""What every store of words must do; a test module binds it to one by the fixture `place`."""

from collections.abc import Callable

import pytest

from knowledge.lexical import Entry, Lexical, LexicalWriter
from knowledge.words import terms


class Place:
    """Where a store is written and opened."""

    def __init__(self, writer: Callable[[bool], LexicalWriter], reader: Callable[[], Lexical]) -> None:
        self.writer = writer
        self.reader = reader


def entry(number: int, text: str, title: str = "", document: int | None = None) -> Entry:
    """A passage of a document of its own, unless another is named."""
    return Entry(number, number if document is None else document, title, (), text)


def write(place: Place, *entries: Entry, remove: tuple[int, ...] = (), earlier: bool = False) -> None:
    """One state, with or without what the one before it holds."""
    writer = place.writer(earlier)
    writer.remove(remove)
    writer.put(entries)
    writer.close()


def found(place: Place, query: str, k: int = 10) -> list[int]:
    """Numbers of the passages found, best first."""
    return [number for number, _ in place.reader().search(dict.fromkeys(terms(query), 1.0), k)]


class LexicalContract:
    """Words and codes, rare ones before common ones."""

    def test_a_passage_is_found_by_its_text_title_and_headings(self, place: Place) -> None:
        """In any case, singular or plural."""
        write(place, Entry(4, 1, "Lost parcels", ("Abroad",), "Wait seven days."), entry(5, "Opening hours"))
        for query in ("parcel", "ABROAD", "day"):
            assert found(place, query) == [4]

    def test_rare_words_count_more_than_common_ones(self, place: Place) -> None:
        """However often the common ones are said."""
        write(place, *(entry(n, "the order, the order") for n in range(20)), entry(20, "the fjord"))
        assert found(place, "the order in the fjord", 1) == [20]

    def test_a_passage_counts_by_the_weights_of_the_words_it_holds(self, place: Place) -> None:
        """Scores are sums over them, whatever else the passage says, so that they can be compared with one another."""
        write(place, entry(1, "fjord"), entry(2, "fjord " + " ".join(f"word{n}" for n in range(90))), entry(3, "moor"))
        reader = place.reader()
        one, same = (score for _, score in reader.search({"fjord": 1.0}, 5))
        assert one == pytest.approx(same)
        assert reader.search({"fjord": 0.5}, 1)[0][1] == pytest.approx(one / 2)
        assert reader.search({"moor": 1.0}, 5)[0][1] > one

    @pytest.mark.parametrize("written", ["ERR-4031", "err 4031", "Err4031", "ERR_4031", "err/4031"])
    @pytest.mark.parametrize("asked", ["ERR-4031", "err 4031", "err4031", "4031"])
    def test_a_code_is_found_however_it_is_written(self, place: Place, written: str, asked: str) -> None:
        """Before those that only resemble it."""
        write(place, entry(1, "Error ERR-4013 is shown"), entry(2, f"The display says {written}."), entry(3, "ERR 40"))
        assert found(place, f"what does {asked} mean", 1) == [2]

    def test_earlier_passages_stay_when_others_come(self, place: Place) -> None:
        """With their numbers."""
        write(place, entry(7, "boots"), entry(2**40, "laces"))
        write(place, entry(2**40 + 1, "boots and laces"), earlier=True)
        assert set(found(place, "boots")) == {7, 2**40 + 1}
        assert set(found(place, "laces")) == {2**40, 2**40 + 1}
        assert place.reader().count == 3

    def test_a_removed_document_is_not_found_with_any_passage(self, place: Place) -> None:
        """Others are."""
        write(place, *(entry(n, f"boots {n}", document=n // 2) for n in range(6)))
        write(place, remove=(1,), earlier=True)
        assert sorted(found(place, "boots")) == [0, 1, 4, 5]
        assert place.reader().count == 4

    def test_a_document_that_changes_is_found_as_it_is_now(self, place: Place) -> None:
        """It is removed and put again under new numbers, in one step."""
        write(place, entry(1, "boots", document=9))
        write(place, entry(2, "sandals", document=9), remove=(9,), earlier=True)
        assert (found(place, "boots"), found(place, "sandals")) == ([], [2])

    def test_frequencies_count_passages(self, place: Place) -> None:
        """Not how often a word stands in them."""
        write(place, entry(1, "boots boots boots"), entry(2, "boot"), entry(3, "laces"))
        assert place.reader().frequencies(["boot", "lace", "fjord"]) == {"boot": 2, "lace": 1, "fjord": 0}

    def test_nothing_is_found_where_nothing_fits(self, place: Place) -> None:
        """No words, unknown words, no places, no passages."""
        write(place)
        assert found(place, "boots") == []
        write(place, entry(1, "boots"))
        assert found(place, "") == found(place, "fjord") == found(place, "boots", 0) == []
