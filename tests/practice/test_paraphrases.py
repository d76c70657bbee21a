"""What settles a scenario does so in other words, too, and what is only said of the same matter does not."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from console.practice.making.checking import checked
from console.practice.proposing import Form, form_of
from console.practice.scenario import Scenario
from tests.practice.scripted import Remembering, all_scenarios, ear

SHARE = 0.97
"""Of all the wordings, how many are understood: a few leave out what they are about."""


@cache
def written() -> Mapping[str, Mapping[str, object]]:
    """Return by scenario what settles it, how that may be worded, and what settles nothing."""
    return tomllib.loads(Path(__file__).with_name("paraphrases.toml").read_text(encoding="utf-8"))


every = pytest.mark.parametrize("scenario", [one for one in all_scenarios() if one.resolutions], ids=lambda one: one.id)


def test_nearly_all_wordings_settle(remembering: Remembering) -> None:
    """Over all scenarios that something said can settle."""
    heard = {
        (scenario.id, text): written()[scenario.id]["settles"] in ear(scenario, remembering).hear(text).offered
        for scenario in all_scenarios()
        if scenario.resolutions
        for text in written()[scenario.id]["says"]  # type: ignore[attr-defined]
    }
    missed = [key for key, understood in heard.items() if not understood]
    assert len(missed) <= (1 - SHARE) * len(heard), missed


@every
def test_most_wordings_of_each_settle_it(scenario: Scenario, remembering: Remembering) -> None:
    """No scenario is left with one way to say it."""
    texts = written()[scenario.id]["says"]
    hears = ear(scenario, remembering)
    assert isinstance(texts, list)
    understood = [text for text in texts if written()[scenario.id]["settles"] in hears.hear(text).offered]
    assert len(texts) >= 7
    assert len(understood) >= len(texts) - 1


@every
def test_what_is_only_said_of_the_matter_settles_nothing(scenario: Scenario, remembering: Remembering) -> None:
    """How things are, what the customer wishes, what would be, what was, and a no."""
    texts = written()[scenario.id]["settles_not"]
    hears = ear(scenario, remembering)
    assert isinstance(texts, list)
    assert {text: dict(hears.hear(text).offered) for text in texts if hears.hear(text).offered} == {}


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("You get your 13 pounds back, to your card.", Form.PROPOSES),
        ("Just borrow something warmer.", Form.PROPOSES),
        ("If I were you, I'd use somebody else's winter bag.", Form.PROPOSES),
        ("Our safety desk will ring you shortly.", Form.PROPOSES),
        ("I promise the boots will be with you tomorrow.", Form.STATES),
        ("A second pair goes out today and will be with you tomorrow.", Form.PROPOSES),
        ("The mat is 196 centimetres long.", Form.STATES),
        ("The care team is here until six.", Form.STATES),
        ("You'd like the £13 back, I understand.", Form.NEVER),
        ("Have you called your bank?", Form.NEVER),
        ("You needn't call your bank.", Form.NEVER),
        ("You could have had the £29 back.", Form.NEVER),
    ],
)
def test_words_tell_an_offer_from_a_wish_and_a_state(text: str, form: Form) -> None:
    """The vector of a sentence hardly does."""
    assert form_of(text) is form


def test_what_would_be_is_no_offer_in_any_part_of_it() -> None:
    """The clause alone would be one."""
    assert form_of("we would send another pair") is Form.PROPOSES
    assert form_of("we would send another pair", "If it were lost, we would send another pair.") is Form.NEVER


def test_a_sum_that_nobody_knows_of_settles_nothing(remembering: Remembering) -> None:
    """A refund of another sum than the one that is due is not what the company allows."""
    scenario = next(one for one in all_scenarios() if one.id == "forty-two-pounds")
    hears = ear(scenario, remembering)
    assert "match" in hears.hear("I'm refunding the difference of £13 to your card.").offered
    assert "match" not in hears.hear("I'm refunding the difference of £26 to your card.").offered


@every
def test_what_must_be_said_beside_it_settles_nothing_by_itself(scenario: Scenario, remembering: Remembering) -> None:
    """A label that is free is no money back: who says all that must be said, and then offers one, gets that one."""
    found = checked(scenario, ear(scenario, remembering))
    assert [one.blocks for one in found.resolutions if one.allowed and not one.reached] == []
