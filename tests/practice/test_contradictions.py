"""What is wrong with a scenario file is said in a trainer's words: what, where, what to do."""

from pathlib import Path

import pytest

from console.content.customers import load_customers
from console.content.errors import ContentError
from console.content.practice import scenario_of
from tests.practice.scripted import DEMO, TODAY

MAT = (DEMO / "practice" / "mat-that-sighs.toml").read_text("utf-8")
CUSTOMERS = load_customers(DEMO / "customers.jsonl", TODAY)
ABOUT = 'about = "what the mat does and since when"'


def faults(text: str) -> list[str]:
    """Return what is wrong with a scenario of this text, a line each."""
    with pytest.raises(ContentError) as caught:
        scenario_of(text, Path("mat.toml"), CUSTOMERS, TODAY)
    return str(caught.value).split("\n")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"easy"', '"simple"', "3: 'difficulty' has to be one of easy, medium, hard, and is “simple”"),
        ("tier = 1", 'tier = "one"', "8: 'tier' has to be a whole number, such as 2, without quotation marks"),
        ("patience = 0.7", "patience = 7", "18: 'persona.patience' has to be at most 1, and is 7"),
        ('role = "bot"', 'role = "robot"', "29: 'before.role' has to be one of customer, bot, agent, system"),
        (', "owning a mistake"]', ", 5]", "4: 'skills' has to be text: put it in quotation marks; it is 5"),
        ("reason =", "why =", "7: unknown key 'why'"),
        ('"noor-kassimi"', '"noor-kasimi"', "2: no customer has the id 'noor-kasimi'; did you mean 'noor-kassimi'?"),
        ('customer = "noor-kassimi"', "", " nobody writes: name a customer of customers.jsonl"),
        (
            'customer = "noor-kassimi"',
            "record = { orders = [{ number = 5 }] }",
            "2: 'record.orders.number' has to be text",
        ),
        (
            'needs = ["what-happens"]',
            'needs = ["what-hapens"]',
            "66: resolution 'new-mat' needs 'what-hapens', which is no [[fact]]; did you mean 'what-happens'?",
        ),
        ('id = "money"', 'id = "new-mat"', "78: two [[resolution]] have the id 'new-mat': give one another"),
        ('id = "postage"', 'id = "free-return"', "106: a [[must]] and a [[must_not]] have the id 'free-return'"),
        (ABOUT, f'{ABOUT}\ntold = "earned"', "53: fact 'what-happens' is told once it is earned, so it needs 'trust'"),
        (ABOUT, f"{ABOUT}\ntrust = 0.5", "53: fact 'what-happens' has 'trust' and is told without"),
        (
            '"Return postage is £3.50"',
            '"The label is free"',
            "110: “The label is free” must not be said ('postage') and stands in the [[must]] 'free-return', too",
        ),
    ],
)
def test_a_mistake_is_one_clear_line(old: str, new: str, said: str) -> None:
    """With the line to go to."""
    assert old in MAT
    assert [line for line in faults(MAT.replace(old, new, 1)) if line.startswith(f"mat.toml:{said}")]


def test_a_fact_that_nobody_can_find_out_is_told() -> None:
    """And how they would."""
    asked = MAT[MAT.index('asked = ["What exactly') : MAT.index('missing = "Don')]
    assert faults(MAT.replace(asked, "")) == [
        "mat.toml:51: fact 'what-happens' is never told, as no question asks for it: write some under 'asked', or "
        'told = "first" where it stands in what they wrote'
    ]


def test_without_an_outcome_nobody_can_win() -> None:
    """None at all, or none that the company allows."""
    without = MAT[: MAT.index("[[resolution]]")]
    assert faults(without) == [
        "mat.toml: there is no [[resolution]], so nobody can win it: write in one how it may be settled"
    ]
    banned = MAT.replace("[[resolution]]", "[[resolution]]\nallowed = false")
    assert "no [[resolution]] is allowed, so nobody can win it" in faults(banned)[0]


def test_all_that_is_wrong_is_told_at_once() -> None:
    """Not one after the other; what is missing says what it is for."""
    twice = MAT.replace('id = "money"', 'id = "new-mat"').replace('needs = ["what-happens"]', 'needs = ["what"]', 1)
    assert len(faults(twice)) == 2
    assert faults("")[:2] == [
        "mat.toml: the key 'title' is missing: what it is about, in a line",
        "mat.toml: the key 'skills' is missing: what it trains, as in [\"delivery\"]",
    ]
