"""Do the suggestions help? One line of what the hold-out says."""

import pytest

from console.conversation.helps import Helps
from console.review.impact.lines import lines_of
from console.review.impact.verdict import NOBODY, helps_of
from console.review.report import report_of
from tests.review.test_impact_report import log


def test_where_nobody_is_held_out_nothing_is_claimed_and_it_is_said_what_would() -> None:
    """With the setting, and what the figures below are instead."""
    helps = helps_of(report_of([])["impact"])
    assert helps.verdict == NOBODY
    assert "hold_out = 0.1" in helps.behind[0]
    assert "no proof" in helps.behind[1]


@pytest.mark.parametrize(
    ("ratio", "begins"),
    [(0.6, "Yes: "), (1.7, "No, they cost: "), (1.0, "No effect shown yet: about ")],
    ids=["shorter", "longer", "alike"],
)
def test_a_planted_effect_is_the_verdict_for_better_or_worse(ratio: float, begins: str) -> None:
    """Nothing else is; behind it stands what the report says."""
    impact = report_of(log(700, ratio=ratio))["impact"]
    helps = helps_of(impact)
    assert helps.verdict.startswith(begins)
    assert ("handling time" in helps.verdict and "%" in helps.verdict) or ratio == 1.0
    assert helps.behind == tuple(lines_of(impact))


def test_of_a_few_conversations_there_is_no_verdict() -> None:
    """Only how many there are."""
    helps = helps_of(report_of(log(12))["impact"])
    assert helps.verdict.startswith("Not enough data: ")
    assert "%" not in helps.verdict


def test_what_makes_the_groups_incomparable_is_said() -> None:
    """A log from which held-out conversations are gone has no verdict."""
    history = log(400, share=0.4)
    gone = {e.conversation for e in history if e.kind == "hold-out-assigned" and e.data.held_out}  # type: ignore[union-attr]
    fewer = [event for event in history if event.conversation not in set(sorted(gone)[::2])]
    helps = helps_of(report_of(fewer)["impact"])
    assert helps.verdict.startswith("It cannot be told: ")


def test_effects_both_ways_are_both_said() -> None:
    """Sooner, and reopened more often."""
    told = {"verdict": "effect", "interval": [-0.2, -0.1], "assisted": 90, "held_out": 90, "holds_for": "these agents"}
    outcomes = {"first_response": told | {"effect": -0.15}, "reopened": told | {"effect": 0.05}}
    impact = {"shares": [0.5], "assisted": 90, "held_out": 90, "refused": "", "outcomes": outcomes}
    helps = helps_of({**impact, "asked_for_assistance": 0, "versions": ["1"]})
    assert isinstance(helps, Helps)
    assert helps.verdict == "Yes and no: first response 15 % sooner; but reopened 5.0 in a hundred more."
