"""What practice says of an agent's sentences: nothing good of bad ones, and nothing bad of good ones.

The sentences stand in ``said_by_agents.toml``, ``rude.txt`` and ``civil.txt``; what nothing was set on is marked there.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from console.assist.flags.abuse import insult
from console.assist.sentences import texts
from console.content.customers import load_customers
from console.content.practice import load_practice
from console.practice.acts import Act
from console.practice.debrief import debriefed
from console.practice.effects import Cause
from console.practice.hearing import KIND, Ear, Heard
from console.practice.manners import brushes_off
from console.practice.parts import Part
from console.practice.play import Played, begin, cut_off, say
from console.practice.scoring import scored
from tests.practice.scripted import DEMO, NOW, TODAY, Remembering, Skilled, ear, lines, scenarios

SAID = tomllib.loads(Path(__file__).with_name("said_by_agents.toml").read_text(encoding="utf-8"))

RUDE = [
    "This is your own fault.",
    "Nobody here cares about you.",
    "You people are all the same, always moaning.",
    "Go away.",
    "I don't care.",
    "Read the website, I am not your servant.",
]
NONSENSE = "purple bananas fly at noon asdf"


def written(name: str) -> list[str]:
    """Return the sentences of a file, one a line."""
    said = Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [text for text in said if not text.startswith("#")]


def of(name: str, remembering: Remembering) -> Ear:
    """Return the ear of the customer of a scenario."""
    return ear(next(one for one in scenarios() if one.id == name), remembering)


def session(name: str, remembering: Remembering, *said: str) -> Played:
    """Return a session in which the agent writes this, and closes."""
    hears = of(name, remembering)
    played = begin(next(one for one in scenarios() if one.id == name), 1, NOW)
    for text in said:
        played = say(played, hears, text, NOW)
    return cut_off(played)


def credited(heard: Heard) -> set[Act]:
    """Return the acts that do a customer good."""
    return set(heard.acts) & {*KIND, Act.EXPLAIN, Act.OFFER, Act.PROMISE, Act.DONE, Act.CONFIRM}


def share(found: Sequence[bool]) -> float:
    """Return how many of some hold."""
    return sum(found) / len(found)


@pytest.mark.parametrize("text", RUDE)
def test_who_blames_or_sends_away_is_told_so_and_never_praised(text: str, remembering: Remembering) -> None:
    """It costs patience and trust, the customer says so, and the debrief keeps nothing of it."""
    played = session("jacket-for-saturday", remembering, text)
    (turn,) = played.turns
    assert [effect.cause for effect in turn.answer.effects] == [Cause.BRUSHED_OFF]
    assert turn.answer.says
    told = debriefed(played)
    assert not told.keep
    assert text in told.change


@pytest.mark.parametrize("text", [NONSENSE, "The label's in your e-mail, or hand them in at either shop."])
def test_what_is_not_about_the_matter_explains_nothing(text: str, remembering: Remembering) -> None:
    """Be it without sense, or out of another conversation; a session without a good moment has nothing to keep."""
    played = session("jacket-for-saturday", remembering, text)
    assert Cause.EXPLAINED not in {effect.cause for effect in played.turns[0].answer.effects}
    assert not debriefed(played).keep


def test_words_without_sense_are_not_understood(remembering: Remembering) -> None:
    """Though each of them is a word."""
    assert of("jacket-for-saturday", remembering).hear(NONSENSE).nonsense


def test_a_kind_word_beside_an_unkind_one_is_not_believed(remembering: Remembering) -> None:
    """Nothing of such a message is kept."""
    played = session("jacket-for-saturday", remembering, "I'm so sorry about that. But it is your own fault.")
    assert played.turns[0].answer.state.trust < played.turns[0].before.trust
    assert not debriefed(played).keep


def test_what_must_not_be_said_is_heard_from_who_is_rude(remembering: Remembering) -> None:
    """An unkind sentence earns nothing, and still promises."""
    heard = of("jacket-for-saturday", remembering).hear(
        "It will definitely be with you before Saturday, so stop whining."
    )
    assert heard.brushed_off
    assert "promise" in heard.duties


def test_no_kind_act_is_credited_to_what_is_rude_dismissive_or_senseless(remembering: Remembering) -> None:
    """Be it known to a rule or not."""
    hears = of("jacket-for-saturday", remembering)
    bad = [*SAID["rude"], *SAID["dismissive"], *SAID["nonsense"]["jacket-for-saturday"]]
    assert [text for text in bad if credited(hears.hear(text))] == []


def test_what_is_rude_or_dismissive_is_recognised() -> None:
    """All that the rules were made for, and some of what they were not."""
    heard = [insult(text) or brushes_off(text) for text in (*SAID["rude"], *SAID["dismissive"])]
    assert all(heard)
    assert share([bool(insult(text) or brushes_off(text)) for text in written("rude")]) >= 0.65
    assert share([bool(insult(text) or brushes_off(text)) for text in SAID["unseen"]["rude"]]) >= 0.15


def test_nobody_civil_is_told_that_they_were_rude(remembering: Remembering) -> None:
    """Nor that they wrote what means nothing; half of these are sentences that nothing was set on."""
    hears = of("jacket-for-saturday", remembering)
    heard = {text: hears.hear(text) for text in (*SAID["civil"], *SAID["unseen"]["civil"], *written("civil"))}
    assert [text for text, one in heard.items() if one.insult or one.brushed_off or one.nonsense] == []


def test_no_scripted_agent_is_told_that_they_were_rude_but_for_what_is() -> None:
    """Of all that strong and average agents write."""
    said = [text for one in scenarios() for skilled in Skilled for line in lines(one.id, skilled) for text in line.says]
    assert [sentence for text in said for sentence in texts(text) if brushes_off(sentence)] == []


def test_most_senseless_sentences_are_not_understood(remembering: Remembering) -> None:
    """Though it is hard to be sure of it."""
    found = [
        of(name, remembering).hear(text).nonsense for name, several in SAID["nonsense"].items() for text in several
    ]
    assert share(found) >= 0.5


@pytest.mark.parametrize(
    ("name", "text", "promised"),
    [
        ("jacket-for-saturday", "You thought it would be there before Saturday.", ""),
        ("jacket-for-saturday", "I promise you'll have it for your walk, as you expected.", "promise"),
        ("jacket-for-saturday", "You hoped for Saturday, and I guarantee that it arrives in time.", "promise"),
        (
            "jacket-for-saturday",
            "You were told so, and it will definitely be with you before Saturday.",
            "promise",
        ),
        ("duty-on-the-tent", "I see that you were told that everything was paid, and that was wrong; I am sorry.", ""),
        ("duty-on-the-tent", "You were told that there is nothing more to pay, and that is right.", "nothing-to-pay"),
        ("twelve-lamps-and-an-invoice", "You expected thirty days, and I understand why that matters.", ""),
        ("twelve-lamps-and-an-invoice", "It is due at once, although you expected thirty days.", ""),
        ("twelve-lamps-and-an-invoice", "My lead said that you can have thirty days.", "terms-promised"),
        ("twelve-lamps-and-an-invoice", "You expected thirty days, and you can have thirty days.", "terms-promised"),
    ],
)
def test_what_the_customer_was_told_is_not_promised_by_who_says_it_back(
    name: str, text: str, promised: str, remembering: Remembering
) -> None:
    """Unless they make it their own."""
    drill = load_practice(DEMO / "practice", load_customers(DEMO / "customers.jsonl", TODAY), TODAY)
    scenario = next(one for one in drill if one.id == name)
    bad = {duty.id for duty in scenario.must_nots}
    assert bad & set(ear(scenario, remembering).hear(text).duties) == ({promised} if promised else set())


def test_no_reported_words_are_heard_as_the_agents_own(remembering: Remembering) -> None:
    """Of sentences that were written before it was told apart; who owns what the bot said still does."""
    for name, several in SAID["reported"].items():
        hears = of(name, remembering)
        for text in several:
            heard = hears.hear(text)
            assert not {"promise", "nothing-to-pay"} & set(heard.duties), text
            assert not heard.offered, text


def test_what_is_to_be_changed_is_the_message_that_did_most_harm(remembering: Remembering) -> None:
    """A second insult costs more by itself; where nothing is left to lose, it did less."""
    first, second = "You are a moron.", "You are an idiot, and that costs us both time."
    told = debriefed(session("jacket-for-saturday", remembering, first, second))
    assert first in told.change or "you are a moron" in told.change.casefold()


def test_nothing_is_kept_of_a_sentence_that_must_not_be_said(remembering: Remembering) -> None:
    """However kind it is."""
    text = "I can see how much you look forward to it, and I promise you'll have it for your walk."
    played = session("jacket-for-saturday", remembering, text)
    assert Cause.UNDERSTOOD in {effect.cause for effect in played.turns[0].answer.effects}
    assert text not in debriefed(played).keep


def test_the_mood_says_where_it_began_and_what_is_missing_to_all_of_it(remembering: Remembering) -> None:
    """Half a mark needs a reason."""
    played = session("jacket-for-saturday", remembering, "I'm sorry about the delay, what a nuisance before the walk.")
    (mood,) = [point for point in scored(played, ()).points if point.id == Part.MOOD]
    assert mood.value is not None
    assert 0.5 < mood.value < 1
    assert mood.reason.startswith("the customer left better than they came: patience 75, then ")
    assert "half is for no change, all of it for 62 more, the two together" in mood.reason


@pytest.mark.parametrize(
    ("name", "text", "must_not"),
    [
        ("minus-four-at-night", "It is warm enough down to minus 10, you won't be cold.", ""),
        ("minus-four-at-night", "You are safe at any temperature.", "will-do"),
        ("forty-two-pounds", "You'll get the full 55 pounds back today and you can keep the poles.", "whole-price"),
    ],
)
def test_the_opposite_of_what_must_be_said_is_not_heard_as_that(
    name: str, text: str, must_not: str, remembering: Remembering
) -> None:
    """It comes as near, but nearer to what a practised agent avoids; and it explains nothing."""
    heard = of(name, remembering).hear(text)
    assert set(heard.duties) == {must_not} - {""}
    assert Act.EXPLAIN not in heard.acts


def test_what_must_not_be_said_settles_nothing(remembering: Remembering) -> None:
    """Though the same words come near enough to what settles it."""
    text = "I will message you at some point this month"
    scenario = next(one for one in scenarios() if one.id == "jacket-for-saturday")
    assert ear(scenario, remembering).hear(text).offered
    bad = replace(scenario.must_nots[0], said=(text,))
    heard = ear(replace(scenario, must_nots=(bad,)), remembering).hear(text)
    assert (set(heard.duties), dict(heard.offered)) == ({bad.id}, {})
