"""What is asked for is told apart by its sort, so that nobody is blamed for asking what was never told."""

import pytest

from console.conversation.assistance import Suggestion, Support
from console.practice.asked_for import of_another_sort, on_record, sorts_in
from console.practice.customer import Answer
from console.practice.debrief import debriefed, strong
from console.practice.effects import Cause
from console.practice.hearing import Ear
from console.practice.phrases import Cue, phrases
from console.practice.play import begin, say
from console.practice.scenario import Scenario
from tests.practice.scripted import NOW, Remembering, all_scenarios, ear


def of(name: str) -> Scenario:
    """Return a scenario of the demo."""
    return next(one for one in all_scenarios() if one.id == name)


def answer(scenario: Scenario, hears: Ear, *texts: str) -> Answer:
    """Return the customer's answer to the last of some messages."""
    session = begin(scenario, 1, NOW)
    for text in texts:
        session = say(session, hears, text, NOW)
    return session.turns[-1].answer


def a_suggestion(text: str) -> Suggestion:
    """Return one that is supported in full."""
    return Suggestion(text, text, "macro", 1.0, Support.FULL, ())


@pytest.mark.parametrize(
    ("scenario", "asked", "told_already"),
    [
        ("twelve-lamps-and-an-invoice", "What is the order number?", True),
        ("twelve-lamps-and-an-invoice", "If this is about an invoice, what is its number? It starts with INV.", False),
        ("twelve-lamps-and-an-invoice", "Which invoice is it about?", False),
        ("two-left-boots", "Could you give me your order number?", True),
        ("two-left-boots", "Which address shall it go to?", False),
        ("two-left-boots", "What is your e-mail address?", False),
    ],
)
def test_only_what_was_told_is_asked_again(
    scenario: str, asked: str, told_already: bool, remembering: Remembering
) -> None:
    """A number of another sort was not, nor an address; the order number was."""
    found = answer(of(scenario), ear(of(scenario), remembering), asked)
    assert (Cause.ASKED_AGAIN in {effect.cause for effect in found.effects}) is told_already


def test_what_stands_in_their_record_is_no_riddle_to_them(remembering: Remembering) -> None:
    """They say that it is there, and think no worse of who asks."""
    scenario = of("two-left-boots")
    found = answer(scenario, ear(scenario, remembering), "What is your e-mail address?")
    ways = phrases()[scenario.persona.manner][Cue.ON_RECORD]
    assert found.says[0].casefold() in map(str.casefold, ways)
    assert Cause.ASKED_OUTSIDE not in {effect.cause for effect in found.effects}
    assert on_record("And your e-mail?", scenario.customer)
    assert not on_record("What colour is it?", scenario.customer)


def test_a_question_that_names_several_sorts_asks_for_each() -> None:
    """One of them is enough."""
    assert sorts_in("Your order number and e-mail address, please?") == {"order", "e-mail"}
    assert not of_another_sort("Your order number and e-mail, please?", ["Which order is it?"])
    assert of_another_sort("Which address?", ["Which order is it?"])
    assert not of_another_sort("By when do you need it?", ["Which order is it?"])


def test_the_debrief_proposes_no_question_that_was_answered_and_not_what_was_sent(remembering: Remembering) -> None:
    """It would punish its own advice."""
    scenario = of("two-left-boots")
    hears = ear(scenario, remembering)
    again, photo = "Could you give me your order number?", "Could you send me a photo of the boots and the label?"
    session = say(begin(scenario, 1, NOW), hears, again, NOW)
    suggested = [a_suggestion(again), a_suggestion(photo)]
    found = debriefed(session, lambda _, told: strong(suggested, hears, scenario, told))
    assert [one.text for one in found.points[0].better] == [photo]
    everything = debriefed(session, lambda _, told: suggested)
    assert [one.text for one in everything.points[0].better] == [photo]
