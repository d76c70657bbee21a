"""Drafts, ghost text and words: the small pure parts."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from console.conversation.message import Author
from console.terminal import preferences
from console.terminal.completion import completion
from console.terminal.draft import Draft, approval_of, open_approval
from console.terminal.hanging import fit, hang, spread
from console.terminal.words import risk, sparkline, waited
from tests.terminal.scenes import full_desk


def test_a_draft_knows_which_message_it_answers() -> None:
    """A later message overtakes it, until it is acknowledged."""
    draft = Draft()
    draft.write("Dear", "m6")
    assert draft.overtaken_by("m6") == ""
    assert draft.overtaken_by("m7") == "m7"
    draft.read_up_to = "m7"
    assert draft.overtaken_by("m7") == ""
    assert draft.overtaken_by("m8") == "m8"


def test_an_emptied_draft_answers_nothing() -> None:
    """It forgets the suggestion, too."""
    draft = Draft()
    draft.write("Dear", "m6")
    draft.suggestion = "s-1"
    draft.write("", "m6")
    assert (draft.suggestion, draft.overtaken_by("m7")) == ("", "")


def test_a_changed_text_gets_a_new_key_and_the_same_text_keeps_it() -> None:
    """Sending the same text again is a retry; another text is another message."""
    draft = Draft()
    draft.write("one", "m1")
    key = draft.key
    draft.write("one", "m1")
    assert draft.key == key
    draft.write("two", "m1")
    assert draft.key != key


def test_what_was_written_after_the_sent_text_is_left() -> None:
    """Only what went out is taken away."""
    draft = Draft()
    draft.write("one two", "m1")
    assert draft.sent("one") == "two"


def test_an_approval_holds_for_its_text_only() -> None:
    """One letter more and it is another text."""
    from console.conversation import events as e

    desk = full_desk()
    desk.append("c-dana", e.ApprovalRequested("a-1", "We refund £350.", (), ""), "agent:robin")
    state = desk.state("c-dana")
    assert approval_of(state, " We refund £350.\n", "robin") is not None
    assert approval_of(state, "We refund £350!", "robin") is None
    assert approval_of(state, "We refund £350.", "priya") is None


def test_an_approval_is_spent_by_the_message_it_let_out() -> None:
    """The same words again are another text to ask for."""
    from console.conversation import events as e

    desk = full_desk()
    desk.append("c-dana", e.ApprovalRequested("a-1", "We refund £350.", (), ""), "agent:robin")
    desk.append("c-dana", e.ApprovalDecided("a-1", approved=True), "agent:marta")
    assert open_approval(desk.state("c-dana"), "robin") is not None
    desk.append("c-dana", e.MessageAdded(Author.AGENT, "We refund £350.", approval="a-1"), "agent:robin")
    state = desk.state("c-dana")
    assert (approval_of(state, "We refund £350.", "robin"), open_approval(state, "robin")) == (None, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Is th", "ere anything else?"),
        ("is th", "ere anything else?"),
        ("Thank you. Is there", " anything else?"),
        ("Hello!\nIs there", " anything else?"),
        ("Is", ""),
        ("Is there anything else?", ""),
        ("Nothing like it", ""),
        ("", ""),
    ],
)
def test_completion_goes_by_the_sentence_being_written(text: str, expected: str) -> None:
    """Case does not matter, three letters are needed, and a whole sentence is left alone."""
    assert completion(text, ("Is there anything else?",)) == expected


def test_an_apostrophe_completes_however_it_is_written() -> None:
    """Straight or curved."""
    for text in ("I'm sorry to hea", "i’m sorry to hea"):
        assert completion(text, ("I'm sorry to hear that.",)) == "r that."


@pytest.mark.parametrize(("after", "shortest", "shown_from"), [(3, 6, 6), (6, 3, 6), (3, 3, 3)])
def test_a_completion_waits_for_the_settings_and_for_its_own_letters(
    after: int, shortest: int, shown_from: int
) -> None:
    """Whichever is more."""
    sentence = "Is there anything else?"
    shown = [n for n in range(1, len(sentence)) if completion(sentence[:n], (sentence,), (after,), shortest)]
    assert shown == list(range(shown_from, len(sentence)))


@given(st.text(max_size=80), st.lists(st.text(max_size=40), max_size=5))
def test_completion_never_fails_and_always_continues(text: str, sentences: list[str]) -> None:
    """What it returns is the end of one of the sentences."""
    rest = completion(text, sentences)
    assert rest == "" or any(sentence.endswith(rest) for sentence in sentences)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (45, "45 s"),
        (134, "2 min"),
        (1129, "18 min"),
        (7500, "2 h 05 min"),
        (90_000, "1 d 1 h"),
        (-5, "0 s"),
    ],
)
def test_waiting_is_told_in_a_few_characters(seconds: int, words: str) -> None:
    """Seconds, then minutes, hours, days, never like the time of day; a clock that runs ahead shows nothing odd."""
    now = datetime(2026, 3, 2, tzinfo=UTC)
    assert waited(now - timedelta(seconds=seconds), now) == words


def test_bars_and_risk_follow_the_figures() -> None:
    """Low bars are unhappy; risk has three words."""
    assert sparkline([-1, 0, 1, 7], 3) == "▅██"
    assert [risk(value) for value in (0.0, 0.5, 0.9)] == ["low", "medium", "high"]


@given(st.text(max_size=60), st.integers(0, 30))
def test_fit_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    """Whatever the characters, in terminal cells."""
    printable = "".join(c for c in text if c.isprintable())
    assert cell_len(fit(printable, width)) == width


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs", "So"]), max_size=200), st.integers(12, 60))
def test_hanging_lines_stay_within_the_width(text: str, width: int) -> None:
    """Each line has room, and all lines after the first are indented."""
    lines = hang(Content("12345 "), Content(text), width)
    assert all(line.cell_length <= width + 1 for line in lines)
    assert all(line.plain.startswith("      ") for line in lines[1:])


def test_spread_keeps_the_right_end() -> None:
    """The left gives way."""
    assert spread(Content("a long name"), Content("0:40"), 12).plain == "a long… 0:40"


def test_preferences_survive_a_damaged_file(tmp_path: Path) -> None:
    """The defaults are used, and saving mends it."""
    (tmp_path / preferences.FILE).write_text("{nonsense", encoding="utf-8")
    assert preferences.load(tmp_path) == preferences.Preferences()
    preferences.save(tmp_path, preferences.Preferences(theme="light", bell=False))
    assert preferences.load(tmp_path) == preferences.Preferences(theme="light", bell=False)


def test_preferences_of_a_wrong_kind_are_left_aside(tmp_path: Path) -> None:
    """A number is no theme."""
    (tmp_path / preferences.FILE).write_text('{"theme": 3, "bell": "yes", "other": 1}', encoding="utf-8")
    assert preferences.load(tmp_path) == preferences.Preferences()
