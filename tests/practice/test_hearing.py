"""What a customer hears in an agent's words, with the real model and the demo's scenarios."""

import pytest

from console.practice.acts import Act
from console.practice.hearing import Ear
from console.practice.readings import marks_of, repeats
from tests.practice.scripted import Remembering, ear, scenarios


def of(name: str, remembering: Remembering) -> Ear:
    """Return the ear of the customer of a scenario."""
    return ear(next(one for one in scenarios() if one.id == name), remembering)


def test_what_is_denied_is_not_offered(remembering: Remembering) -> None:
    """To say that something cannot be done is no offer of it, nor a promise of it."""
    boots = of("boots-before-the-ridge", remembering)
    assert not boots.hear("I'm afraid I can't refund the full amount to your card.").offered
    assert boots.hear("I'm refunding the full amount to your card.").offered
    heard = boots.hear("I can't promise that they will be with you on Friday, it is an estimate.")
    assert set(heard.duties) == {"estimate"}
    assert "promise-friday" in boots.hear("I promise you'll have them on Friday.").duties


def test_a_promised_day_is_no_estimate_and_sends_nothing(remembering: Remembering) -> None:
    """Whatever day it is; a day that is called an estimate is no promise."""
    boots = of("boots-before-the-ridge", remembering)
    promised = boots.hear("I promise the boots will be with you tomorrow.")
    assert (set(promised.duties), dict(promised.offered)) == ({"promise-friday"}, {})
    assert set(boots.hear("They should be with you tomorrow, but that is only an estimate.").duties) == {"estimate"}
    assert not boots.hear("I can send a replacement today by express at no cost.").duties


def test_a_lead_makes_the_difference(remembering: Remembering) -> None:
    """The same sum, promised or asked for first."""
    letter = of("the-long-letter", remembering)
    assert set(letter.hear("I'm asking my team lead to release your £345 now.").offered) == {"lead-now"}
    assert set(letter.hear("I have refunded the £345 to your card.").offered) == {"refund-alone"}


def test_a_long_sentence_is_heard_by_its_parts(remembering: Remembering) -> None:
    """What happened, an offer and a question in one breath."""
    heard = of("boots-before-the-ridge", remembering).hear(
        "Your parcel hasn't moved for eleven days, so I can send you a new pair by express today, and is your address "
        "still the right one?"
    )
    assert set(heard.duties) == {"read-it"}
    assert set(heard.offered) == {"reship"}
    assert set(heard.asked) == {"address"}


def test_free_postage_is_no_charge_for_postage(remembering: Remembering) -> None:
    """A sentence means the good thing that it comes near, not the bad one that it resembles."""
    boots = of("two-left-boots", remembering)
    assert "pays-postage" not in boots.hear("The label is free, and there are two weeks to use it.").duties
    assert "pays-postage" in boots.hear("The label costs £3.50, I'm afraid.").duties


@pytest.mark.parametrize("text", ["Keep cooling it.", "The safety desk will speak with you.", "Good evening Sunniva."])
def test_only_words_of_leave_take_leave(text: str, remembering: Remembering) -> None:
    """However a sentence was recognised."""
    assert Act.GOODBYE not in of("ember-two-burn", remembering).hear(text).acts


def test_figures_are_repeated_in_words_and_in_digits() -> None:
    """£40 is forty pounds, the third is 3, and an order number needs no letters."""
    assert repeats("So forty pounds?", marks_of("£40 at Cragmoor", ["£42"]))
    assert repeats("number 3 then", marks_of("3rd one", ["4th"]))
    assert repeats("that was 88610?", marks_of("LF-88610", ["LF-88601"]))
    assert not repeats("£42?", marks_of("£40", ["£42"]))
