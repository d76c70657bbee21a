"""A book on disk: it goes on as if it had never stopped, and only with the log and the program that it is of."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.conversation import events as e
from console.conversation.assist_events import QuestionUnanswered
from console.conversation.assistance import Decision
from console.conversation.erasure_events import ConversationsErased, EventsExpired
from console.conversation.people import Presence
from console.conversation.presence_events import PresenceChanged
from console.review import book as review_book
from console.review import book_file
from console.review.book import FOLDS, Book, Fold, Unrestorable
from console.review.book_file import BookFile
from console.review.plain import NotPlain, restore, told
from console.review.report import REPORT_FOLDS
from console.review.reviewing.ledger import Ledger
from tests.review.test_reviewing import NOW, Told, many
from tests.strategies import EVENT_DATA, events

SINCE = datetime(2026, 1, 1, tzinfo=UTC)


class Marks:
    """A log by its name alone."""

    def __init__(self, name: str = "log") -> None:
        self.name = name

    def mark(self, seq: int) -> str:
        """Return a mark."""
        return f"{self.name} {seq}"


@st.composite
def odd_events(draw: st.DrawFn, fold: type[Fold]) -> list[e.Event]:
    """Draw events that a fold reads, in any order and of few conversations, numbered."""
    of_kind = st.sampled_from(fold.KINDS).flatmap(lambda kind: events(EVENT_DATA[kind]))
    drawn = draw(st.lists(of_kind, max_size=20))
    names = [draw(st.sampled_from(["c1", "c2", ""])) for _ in drawn]
    return [
        e.Event(seq, name, one.actor, one.data, one.at, one.channel)
        for seq, (name, one) in enumerate(zip(names, drawn, strict=True), 1)
    ]


@pytest.mark.parametrize("fold", [*FOLDS, *REPORT_FOLDS])
@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_a_fold_that_stopped_anywhere_goes_on_as_if_it_had_not(fold: type[Fold], data: st.DataObject) -> None:
    """Written down at any place, put back, and gone on with, it holds what one holds that read all in one go."""
    history = data.draw(odd_events(fold))
    stop = data.draw(st.integers(0, len(history)))
    whole, first, again = fold(SINCE), fold(SINCE), fold(SINCE)
    for event in history[:stop]:
        first.take(event)
    arrays: dict[str, Any] = {}
    restore(again, told(first, arrays), arrays)
    for event in history:
        whole.take(event)
        if event.seq > stop:
            again.take(event)
    assert state(again) == state(whole)


def state(thing: object) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return all that a fold holds, to be compared."""
    arrays: dict[str, Any] = {}
    return told(thing, arrays), {name: array.tobytes() for name, array in arrays.items()}


def history() -> list[e.Event]:
    """Return a log with some hundred decisions."""
    log = Told()
    many(log, 60, 40)
    log.decide("several", [Decision.EDITED, Decision.DISMISSED, Decision.IGNORED])
    return log.events


def filled(past: list[e.Event] | None = None) -> Book:
    """Return a book with all of it."""
    book = Book(SINCE)
    for event in history() if past is None else past:
        book.take(event)
    return book


@pytest.fixture
def file(tmp_path: Path) -> BookFile:
    """A file that is not there yet."""
    return BookFile(tmp_path / "cache" / "review.book")


def test_a_kept_book_is_as_it_was_and_for_its_owner_alone(file: BookFile) -> None:
    """Numbers, names, what was read and whose it is."""
    book = filled()
    assert file.load(Marks()) is None
    assert file.save(book, Marks())
    again = file.load(Marks())
    assert again is not None
    assert (again.read, again.since, again.seen) == (book.read, book.since, book.seen)
    assert state(again.of(Ledger)) == state(book.of(Ledger))
    assert file.path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in file.path.parent.iterdir()] == ["review.book"]


def test_a_book_of_another_log_or_of_another_program_is_passed_over(
    file: BookFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A log that was put back from a back-up and went on otherwise is another one."""
    file.save(filled(), Marks())
    assert file.load(Marks("other")) is None
    monkeypatch.setattr(book_file, "edition", lambda: "newer")
    assert file.load(Marks()) is None


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04 nothing", None])
def test_a_broken_file_is_passed_over(file: BookFile, broken: bytes | None) -> None:
    """Emptied, no archive, or cut off."""
    file.save(filled(), Marks())
    whole = file.path.read_bytes()
    file.path.write_bytes(whole[: len(whole) // 2] if broken is None else broken)
    assert file.load(Marks()) is None


def test_a_file_that_tells_other_things_than_the_folds_hold_is_passed_over(file: BookFile) -> None:
    """As one would be that somebody made up."""
    file.save(filled(), Marks())
    with np.load(file.path, allow_pickle=False) as held:
        arrays = {name: held[name] for name in held.files}
    name = next(name for name, array in arrays.items() if b'"turns"' in array.tobytes())
    said = arrays[name].tobytes().replace(b'"turns"', b'"tunes"')
    with file.path.open("wb") as opened:
        np.savez(opened, allow_pickle=False, **(arrays | {name: np.frombuffer(said, np.uint8)}))
    assert file.load(Marks()) is None


def test_what_is_put_back_when_it_is_asked_for_has_what_came_since(file: BookFile) -> None:
    """Whoever looks at one thing waits for that fold alone; the others are put back later, or to be written again."""
    past = history()
    early, late = past[: len(past) // 2], past[len(past) // 2 :]
    file.save(filled(early), Marks())
    book = file.load(Marks(), later=True)
    assert book is not None
    for event in late[:-3]:
        book.take(event)
    assert state(book.of(Ledger)) == state(filled(past[:-3]).of(Ledger))
    for event in late[-3:]:
        book.take(event)
    assert state(book.of(Ledger)) == state(filled().of(Ledger))
    assert file.save(book, Marks())
    again = file.load(Marks())
    assert again is not None
    assert [state(again.of(fold)) for fold in FOLDS] == [state(filled().of(fold)) for fold in FOLDS]
    assert again.seen == book.seen == filled().seen


def test_folds_that_nobody_asks_for_are_put_back_before_too_much_has_come(
    file: BookFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came since is held for them no longer than that."""
    monkeypatch.setattr(review_book, "MOST_LATER", 10)
    file.save(filled(history()[:20]), Marks())
    book = file.load(Marks(), later=True)
    assert book is not None
    for event in history()[20:]:
        book.take(event)
    assert [state(book.of(fold)) for fold in FOLDS] == [state(filled().of(fold)) for fold in FOLDS]


def test_a_fold_that_cannot_be_put_back_says_so(file: BookFile) -> None:
    """At once, where the whole book is asked for: it is passed over then."""
    file.save(filled(), Marks())
    with np.load(file.path, allow_pickle=False) as held:
        arrays = {name: held[name] for name in held.files}
    name = next(name for name in arrays if name.startswith("1.") and "told" not in name)
    with file.path.open("wb") as opened:
        np.savez(opened, allow_pickle=False, **{key: array for key, array in arrays.items() if key != name})
    assert file.load(Marks()) is None
    book = file.load(Marks(), later=True)
    assert book is not None
    assert state(book.of(FOLDS[1])) == state(filled().of(FOLDS[1]))
    with pytest.raises(Unrestorable, match="Ledger"):
        book.of(Ledger)


def test_what_is_no_plain_thing_is_not_kept(file: BookFile) -> None:
    """The fold that holds it is named by its contents; the figures go on without the file."""
    book = filled()
    book.of(Ledger).changes["odd"] = Decision.EDITED  # type: ignore[assignment]
    with pytest.raises(NotPlain):
        told(book.of(Ledger), {})
    assert not file.save(book, Marks())
    assert not file.path.exists()


def test_nothing_is_kept_of_a_log_without_events(file: BookFile) -> None:
    """There is nothing to know it again by."""
    assert not file.save(Book(SINCE), Marks())


def erasures(book: Book) -> Iterator[tuple[bool, e.EventData]]:
    """Yield erasures, and whether they take something away that the book has read."""
    yield False, ConversationsErased(("long-gone",), 12)
    yield True, ConversationsErased(("long-gone", "c7"), 12)
    yield True, ConversationsErased(("long-gone",), 12, others=("c7",))
    yield False, EventsExpired({"knowledge-found": 3}, ("c7",))
    yield True, EventsExpired({"knowledge-found": 3, "replies-suggested": 1}, ("c7",))
    yield False, EventsExpired({"replies-suggested": 1}, ("long-gone",))


def test_a_book_is_spoilt_by_an_erasure_of_what_it_has_read_and_by_no_other() -> None:
    """What goes because it is too old, and was never in the book, costs nothing."""
    for spoils, data in erasures(filled()):
        book = filled()
        book.take(e.Event(book.read + 1, "", "desk", data, NOW + timedelta(days=1)))
        assert book.spoilt is spoils, data
        again = Book(SINCE)
        again.settled = book.read
        for event in [*history(), e.Event(book.read, "", "desk", data, NOW)]:
            again.take(event)
        assert not again.spoilt, "it was erased before the reading began"


def test_what_happened_in_no_conversation_does_not_spoil_a_book_when_a_customer_is_erased() -> None:
    """Only what is erased with one does: that this goes too is written nowhere."""
    there = e.Event(1, "", "agent:marta", PresenceChanged("marta", "Marta", Presence.ONLINE), NOW)
    gone = e.Event(2, "", "desk", ConversationsErased(("c7",), 12), NOW)
    assert not Book(SINCE).take(there).take(gone).spoilt
    of_a_draft = e.Event(2, "", "desk", ConversationsErased(("c7",), 12, drafts=("d1",)), NOW)
    assert Book(SINCE).take(there).take(of_a_draft).spoilt
    asked = e.Event(1, "", "agent:marta", QuestionUnanswered("how long is it"), NOW)
    assert not Book(SINCE).take(asked).take(gone).spoilt, "its number alone is kept"
    old = e.Event(2, "", "desk", EventsExpired({"presence-changed": 4}, ()), NOW)
    assert Book(SINCE).take(there).take(old).spoilt
    assert not Book(SINCE).take(old).spoilt


def test_a_spoilt_book_is_not_kept_and_its_file_goes(file: BookFile) -> None:
    """Also what a program that was killed had begun to write."""
    book = filled()
    file.save(book, Marks())
    (file.path.parent / f".{file.path.name}-begun").touch()
    book.take(e.Event(book.read + 1, "", "desk", ConversationsErased(("c7",), 1), NOW))
    assert not file.save(book, Marks())
    file.forget()
    assert not list(file.path.parent.iterdir())
