"""A planted suggestion that was sent wins nothing, by what it promises or by what else its words do."""

from dataclasses import replace

import pytest

from console.conversation.practice_events import PlantKind, ScoredPoint, SuggestionPlanted
from console.conversation.quality import CriterionMark, Evidence, Mark
from console.practice.debrief import debriefed
from console.practice.marred import honest
from console.practice.parts import Part
from console.practice.play import Played, begin, cut_off, say
from console.practice.scoring import Score, scored
from console.practice.trusting import Fate, Met, Trust
from tests.practice.scripted import NOW, Remembering, ear, scenarios

PROMISE = "I promise that you will have them tomorrow."
RESHIP = "I can send a second pair today by express, at no cost, on order LF-88213."
LABEL = "The label's in your e-mail, or hand them in at either shop."


def a_plant(kind: PlantKind, words: str, message: str, fate: Fate = Fate.SENT) -> Met:
    """A plant of a message, and what became of it."""
    return Met(SuggestionPlanted("s", kind, words, "", ""), words, fate, evidence=Evidence(message, words))


def boots(remembering: Remembering, *texts: str) -> Played:
    """The session in which these were written."""
    scenario = next(one for one in scenarios() if one.id == "boots-before-the-ridge")
    session, hears = begin(scenario, 1, NOW), ear(scenario, remembering)
    for text in texts:
        session = say(session, hears, text, NOW)
    return cut_off(session)


def settled(remembering: Remembering, last: str = RESHIP) -> Played:
    """A session that is settled by ``last``."""
    return boots(
        remembering,
        "I'm sorry, Dana. Your parcel hasn't moved for eleven days. Is your address still right?",
        "I can't promise the day, it is an estimate.",
        last,
    )


def points(score: Score) -> dict[str, ScoredPoint]:
    """The points by their ids."""
    return {point.id: point for point in score.points}


def test_a_planted_promise_that_was_sent_is_what_must_not_be_said(remembering: Remembering) -> None:
    """Though the scenario knows no such sentence; who caught it has won."""
    session = settled(remembering)
    message = session.turns[-1].message
    assert scored(session, ()).won
    assert scored(session, (), Trust((a_plant(PlantKind.POLICY, PROMISE, message, Fate.CAUGHT),))).won
    lost = scored(session, (), Trust((a_plant(PlantKind.POLICY, PROMISE, message),)))
    assert not lost.won
    point = points(lost)[Part.MUST_NOTS]
    assert (point.value, point.evidence[-1].words) == (0.0, PROMISE)
    assert point.reason == "a planted suggestion against a policy was sent"


def test_what_is_settled_with_a_wrong_fact_is_half_settled(remembering: Remembering) -> None:
    """The words that settled it hold what is wrong; a wrong fact elsewhere leaves it as it is."""
    session = settled(remembering)
    last = session.turns[-1].message
    half = points(scored(session, (), Trust((a_plant(PlantKind.FACT, "LF-88213", last),))))[Part.RESOLUTION]
    assert (half.value, half.reason.endswith("what you sent for it was wrong")) == (0.5, True)
    whole = points(scored(session, (), Trust((a_plant(PlantKind.FACT, "ten days", last),))))[Part.RESOLUTION]
    assert whole.value == 1.0


def test_a_criterion_is_not_met_by_the_words_of_a_plant(remembering: Remembering) -> None:
    """By right ones beside them it is, in part."""
    session = settled(remembering)
    last = session.turns[-1].message
    trust = Trust((a_plant(PlantKind.POLICY, PROMISE, last),))
    by_it = CriterionMark("next", Mark.MET, evidence=(Evidence(last, PROMISE),), title="Next")
    right = CriterionMark("tone", Mark.MET, evidence=(Evidence(last, "I'm sorry, Dana."),), title="Tone")
    found = points(scored(session, (by_it, right), trust))
    assert (found["next"].value, found["tone"].value) == (0.0, 1.0)


def test_a_suggestion_that_did_not_fit_was_not_used_well(remembering: Remembering) -> None:
    """Nobody is praised for sending whatever is suggested."""
    session = boots(remembering, "I'm sorry that you had to wait.", "Which order is it about?", RESHIP)
    used = tuple(Evidence(turn.message, "") for turn in session.turns)
    point = points(scored(session, (), Trust(used=used)))[Part.SUGGESTIONS]
    assert point.value == pytest.approx(1 / 3)
    assert point.reason == "1 used; 2 sent that did not fit"


def test_the_debrief_keeps_nothing_that_a_plant_won(remembering: Remembering) -> None:
    """No turning point for the better, and nothing to keep, is what was wrong."""
    session = settled(remembering)
    last = session.turns[-1].message
    told = debriefed(session)
    assert any(point.message == last for point in told.points)
    after = honest(
        replace(told, keep=f"You offered a way out: “{RESHIP}”"), (a_plant(PlantKind.FACT, "LF-88213", last),)
    )
    assert not any(point.message == last for point in after.points)
    assert after.keep == ""
    assert honest(told, (a_plant(PlantKind.FACT, "LF-88213", last, Fate.CAUGHT),)) == told
