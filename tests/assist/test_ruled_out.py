"""Values that are named without being meant, and which of several counts."""

import re

import pytest

from console.assist.facts import newest_facts
from console.content.behaviours import Fact
from tests.assist.making import messages

DAY = Fact("new day", "day", "Which day?", re.compile(r"(?i)\b(?:on )?(?:monday|tuesday|wednesday|thursday)\b"))


def day(*texts: str) -> str:
    """Return the day that is wanted after these messages of a customer; empty where none is."""
    fact = newest_facts(messages(*(f"c: {text}" for text in texts)), (DAY,)).get("day")
    return fact.value if fact else ""


@pytest.mark.parametrize(
    "text",
    [
        "I can't make Tuesday, please move my fitting",
        "I can’t come on Tuesday",
        "not Tuesday please, move my appointment",
        "Tuesday doesn't work for me",
        "Tuesday is no good",
        "can you change my fitting appointment on thursday please",
        "my appointment is on Thursday, I'd like another day",
        "please move my Tuesday appointment",
        "any day but Monday",
        "I have an appointment on Thursday and need another day",
    ],
)
def test_a_day_that_does_not_suit_or_stands_already_is_not_wanted(text: str) -> None:
    assert day(text) == ""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("I can't make Tuesday, please move it to Thursday", "Thursday"),
        ("from Monday to Wednesday please", "Wednesday"),
        ("move my fitting appointment to Thursday", "Thursday"),
        ("not Tuesday but Wednesday", "Wednesday"),
        ("I haven't chosen yet. Monday?", "Monday"),
        ("I'd like to rebook my fitting for Thursday", "Thursday"),
        ("can I have my appointment on Tuesday instead", "on Tuesday"),
        ("I need another appointment on Wednesday", "on Wednesday"),
    ],
)
def test_the_day_beside_it_is(text: str, wanted: str) -> None:
    assert day(text) == wanted


def test_the_day_that_was_said_last_counts_though_it_was_said_before() -> None:
    assert day("to Monday please", "sorry, Tuesday", "no, back to Monday") == "Monday"
