"""Replies that sound right for the mood go before those that do not."""

import pytest

from console.assist.replies.candidate import Candidate
from console.assist.replies.tone import acknowledges, in_tone

ANGRY, CALM = -0.7, 0.1
BREEZY = "Great! I can send another pair today."
SORRY = "Hello Dana, I'm sorry about the wait. I can send another pair today."
PLAIN = "I can send another pair today."


def order(mood: float, *said: str, answered: tuple[str, ...] = ()) -> list[str]:
    """Return texts that fit alike, as they stand after weighing."""
    weighed = in_tone([Candidate(text, "macro", 0.5, ()) for text in said], mood, answered)
    return [c.text for c in sorted(weighed, key=lambda c: -c.score)]


def test_no_cheer_for_an_angry_customer() -> None:
    """It goes last; a calm one may have it."""
    assert order(ANGRY, BREEZY, PLAIN) == [PLAIN, BREEZY]
    assert order(CALM, BREEZY, PLAIN) == [BREEZY, PLAIN]


def test_an_acknowledgement_goes_first_where_none_was_made() -> None:
    """Only where the mood is bad."""
    assert order(ANGRY, PLAIN, SORRY) == [SORRY, PLAIN]
    assert order(CALM, PLAIN, SORRY) == [PLAIN, SORRY]
    assert order(ANGRY, PLAIN, SORRY, answered=("I understand how annoying this is.", "One moment.")) == [PLAIN, SORRY]


def test_no_apology_follows_an_apology() -> None:
    """The second one sounds hollow."""
    assert order(CALM, SORRY, PLAIN, answered=("I'm so sorry about that.",)) == [PLAIN, SORRY]


def test_no_text_is_altered() -> None:
    """And none is lost."""
    assert set(order(ANGRY, BREEZY, SORRY, PLAIN)) == {BREEZY, SORRY, PLAIN}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I apologise for the trouble.", True),
        ("You're right to be cross, Dana: this should have been put right.", True),
        ("Hi Dana, I can see why that is frustrating.", True),
        ("I'm sorry, but there is no flight on that day.", False),
        ("Your boots are with Northpost. They are due on Friday. I'm sorry about the wait.", False),
    ],
)
def test_an_acknowledgement_is_made_at_the_beginning(text: str, expected: bool) -> None:
    """A refusal in polite words is none."""
    assert acknowledges(text) is expected
