"""Corrections of the summary: what a person put right stays."""

from hypothesis import given
from hypothesis import strategies as st

from console.conversation.assistance import SummaryKind, SummaryLine
from console.conversation.corrections import Correction, corrected, removed, with_correction, with_line

ISSUE = SummaryLine(SummaryKind.ISSUE, "my boots are late", ("m1",))
WANTS = SummaryLine(SummaryKind.WANTS, "the boots by Saturday", ("m3",))
FACT = SummaryLine(SummaryKind.FACT, "Name: Angela", ("m2",))
RENAMED = Correction(SummaryKind.FACT, ("m2",), "Name: Angela", "Name: Angela Kovel", "Robin")

WORDS = st.text("ab ·", min_size=1, max_size=5).filter(lambda text: text.strip() == text)
SOURCES = st.lists(st.sampled_from(["m1", "m2"]), min_size=1, max_size=2, unique=True).map(tuple)
LINES = st.lists(
    st.builds(SummaryLine, st.sampled_from(SummaryKind), WORDS, SOURCES), max_size=4, unique_by=lambda line: line.text
).map(lambda lines: tuple(sorted(lines, key=lambda line: list(SummaryKind).index(line.kind))))
CORRECTIONS = st.lists(
    st.builds(Correction, st.sampled_from(SummaryKind), SOURCES, WORDS, WORDS | st.just(""), st.just("Robin")),
    max_size=3,
)


def texts(lines: tuple[SummaryLine, ...]) -> list[str]:
    """Return what the lines say."""
    return [line.text for line in lines]


def test_a_corrected_line_keeps_its_place() -> None:
    """And tells whose words it has, and what the second chair said."""
    lines = corrected((ISSUE, FACT), (RENAMED,))
    assert lines[0] == ISSUE
    assert lines[1] == SummaryLine(SummaryKind.FACT, "Name: Angela Kovel", ("m2",), "Robin", "Name: Angela")


def test_facts_that_are_added_later_stand_behind_the_correction() -> None:
    """A line grows until it is full."""
    grown = SummaryLine(SummaryKind.FACT, "Name: Angela · Day: Friday", ("m2", "m5"))
    assert texts(corrected((grown,), (RENAMED,))) == ["Name: Angela Kovel · Day: Friday"]
    gone = Correction(SummaryKind.FACT, ("m2",), "Name: Angela", "", "Robin")
    assert texts(corrected((grown,), (gone,))) == ["Day: Friday"]


def test_another_fact_of_the_same_message_is_not_taken_for_the_corrected_one() -> None:
    """It stays beside it."""
    other = SummaryLine(SummaryKind.FACT, "Day: Friday", ("m2",))
    assert texts(corrected((other,), (RENAMED,))) == ["Name: Angela Kovel", "Day: Friday"]


def test_a_line_that_is_said_in_other_words_later_stays_corrected() -> None:
    """What was tried once and then again is counted; the correction stands."""
    tried = Correction(SummaryKind.TRIED, ("m2",), "bot: Try the link.", "bot: sent a dead link", "Robin")
    again = SummaryLine(SummaryKind.TRIED, "bot: Try the link. ×2", ("m2", "m4"))
    assert texts(corrected((again,), (tried,))) == ["bot: sent a dead link"]


def test_a_correction_outlives_its_line() -> None:
    """Nobody's words vanish by themselves; a newer wish stands below them. A line that was taken out stays out."""
    wanted = Correction(WANTS.kind, WANTS.sources, WANTS.text, "the boots by Sunday", "Robin")
    newer = SummaryLine(SummaryKind.WANTS, "my money back", ("m9",))
    assert texts(corrected((ISSUE, newer), (wanted,))) == [ISSUE.text, "the boots by Sunday", "my money back"]
    gone = Correction(WANTS.kind, WANTS.sources, WANTS.text, "", "Robin")
    assert texts(corrected((ISSUE, WANTS), (gone,))) == [ISSUE.text]
    assert texts(removed((gone,))) == [WANTS.text]


def test_a_later_correction_of_a_line_replaces_the_earlier_one() -> None:
    """The second chair's own words restore it, also where it was taken out."""
    again = Correction(RENAMED.kind, RENAMED.sources, RENAMED.before, "Name: Angie", "Marta")
    assert with_correction((RENAMED,), again) == (again,)
    restored = Correction(RENAMED.kind, RENAMED.sources, RENAMED.before, RENAMED.before, "Marta")
    assert with_correction((again,), restored) == ()
    assert with_line((ISSUE,), restored) == (ISSUE, FACT)


@given(LINES, CORRECTIONS)
def test_correcting_twice_changes_nothing(lines: tuple[SummaryLine, ...], corrections: list[Correction]) -> None:
    """The engine takes corrections over, and so does the fold of what it says."""
    known: tuple[Correction, ...] = ()
    for correction in corrections:
        known = with_correction(known, correction)
    once = corrected(lines, known)
    assert corrected(once, known) == once


@given(LINES, CORRECTIONS)
def test_what_nobody_corrected_stays_as_it_is(lines: tuple[SummaryLine, ...], corrections: list[Correction]) -> None:
    """In its order; every line that is not the second chair's own tells whose it is."""
    shown = corrected(lines, corrections)
    own = [line for line in shown if not line.corrected]
    assert [line for line in lines if line in own] == own
