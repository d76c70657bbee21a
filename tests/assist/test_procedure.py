"""What the behaviours say comes next: never what is known, never twice."""

import re
from dataclasses import replace

import pytest

from console.assist.engine import Engine
from console.assist.facts import facts_of
from console.assist.replies.candidate import Candidate
from console.assist.replies.procedure import KIND, Due, Procedure
from console.assist.slots import slot_values
from console.assist.talk import Talk
from console.assist.vectors import VectorCache
from console.content.behaviours import Behaviour, Fact, Step
from console.conversation.assist_events import RepliesSuggested
from console.conversation.assistance import SourceType, Support
from console.conversation.people import Customer
from tests.assist.making import LATE, LIBRARY, RESHIP, talk

STRANGER = Customer("web-1")
BY = Fact("needed by", "needed_by", "Is there a day you need it by?", re.compile(r"(?i)\bby friday\b"))
OFFER = Step("Offer the choice", "Would you like it sent again, or your money back?")
CONFIRM = Step("Say what follows", "You will get the confirmation by e-mail.", re.compile("confirmation was sent"))
PARCEL = replace(LATE, collect=(*LATE.collect, BY), steps=(OFFER, CONFIRM))


@pytest.fixture
def procedure(embed: VectorCache) -> Procedure:
    """The procedure for lost parcels."""
    return Procedure((PARCEL,), (RESHIP,), embed)


def due(procedure: Procedure, conversation: Talk, behaviour: Behaviour = PARCEL) -> str:
    """Return what is due; empty where nothing is."""
    values = slot_values(conversation, facts_of(conversation.messages, behaviour.collect))
    found = procedure.due(conversation, values, behaviour.intent)
    return found.candidate.text if found else ""


def test_the_first_missing_fact_is_asked_for_in_the_behaviours_words(procedure: Procedure) -> None:
    """And before other answers that wait for it."""
    conversation = talk("c: my parcel is lost", customer=STRANGER)
    found = procedure.due(conversation, {}, "lost-parcel")
    assert found is not None
    assert (found.candidate.text, found.first) == ("Your order number?", True)
    assert [(s.type, s.id, s.title) for s in found.candidate.sources] == [
        (SourceType.BEHAVIOUR, "lost-parcel", "Parcel lost: order number")
    ]


def test_what_the_record_knows_is_not_asked_for(procedure: Procedure) -> None:
    """Dana's one open order is known."""
    assert due(procedure, talk("c: my parcel is lost")) == BY.ask


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("c: my parcel is lost, I need it by Friday",), OFFER.say),
        (("c: my parcel is lost", "b: Is there a day you need it by?", "c: just find it"), OFFER.say),
        (("c: my parcel is lost", "a: By which day do you need it, Dana?", "c: find it"), OFFER.say),
        (("c: my parcel is lost, need it by Friday", f"a: {OFFER.say}", "c: send it again please"), CONFIRM.say),
        (("c: lost, need it by Friday", f"a: {CONFIRM.say}", "c: when?"), ""),
        (("c: lost, need it by Friday", "s: confirmation was sent", "c: I want it by Friday"), ""),
        (("c: my parcel is lost", "s: customer needs it by Friday"), OFFER.say),
        (("c: my parcel is lost", "a: I've sent another one.", "c: ok"), ""),
        (("c: my parcel is lost", "a: I'll look.", "c: thank you, goodbye"), ""),
    ],
    ids=[
        "told",
        "asked by the bot",
        "asked in other words",
        "step taken",
        "last step taken",
        "step in a look-up",
        "fact in a look-up",
        "dealt with",
        "leaving",
    ],
)
def test_nothing_is_asked_or_said_twice(procedure: Procedure, lines: tuple[str, ...], expected: str) -> None:
    """Whoever asked or said it, and in whichever words."""
    assert due(procedure, talk(*lines)) == expected


def test_a_question_that_was_not_wanted_twice_is_not_offered_again(procedure: Procedure) -> None:
    """The agent can do without it; the next step is due."""
    lines = (
        "c: my parcel is lost",
        "a: I'm looking at it.",
        "c: and?",
        "a: The depot has it.",
        "c: where is my parcel?",
    )
    assert due(procedure, talk(*lines[:3])) == BY.ask
    assert due(procedure, talk(*lines)) == OFFER.say


def test_a_step_that_was_not_wanted_twice_is_not_offered_again(procedure: Procedure) -> None:
    """The agent goes another way; once they are back on it, the next step is due."""
    lines = [
        "c: my parcel is lost, I need it by Friday",
        "a: I'm looking at it.",
        "c: and? where is my parcel?",
        "a: The depot has it.",
        "c: where is my parcel now?",
        f"a: {OFFER.say}",
        "c: I don't know, where is my parcel?",
        "a: Still at the depot.",
        "c: can you find my parcel?",
        "a: They are looking.",
        "c: where is my parcel then?",
    ]
    assert due(procedure, talk(*lines[:5])) == OFFER.say
    assert due(procedure, talk(*lines[:9])) == CONFIRM.say
    assert due(procedure, talk(*lines)) == ""
    never = [line for line in lines if line != f"a: {OFFER.say}"]
    assert due(procedure, talk(*never[:7])) == OFFER.say
    assert due(procedure, talk(*never, "a: Soon.", "c: when? where is my parcel?")) == ""


def test_each_step_is_told_with_the_message_that_took_it(procedure: Procedure) -> None:
    """The first one; a step that nobody took stands there without, and an unknown behaviour has none."""
    conversation = talk("c: my parcel is lost", f"a: {OFFER.say}", "c: again please", f"a: So: {OFFER.say}")
    assert [(step, message and message.id) for step, message in procedure.course(conversation, PARCEL.intent)] == [
        (OFFER, "m2"),
        (CONFIRM, None),
    ]
    assert procedure.course(conversation, "none") == []


def test_a_step_that_cannot_be_filled_is_not_offered(embed: VectorCache) -> None:
    """No braces reach anybody."""
    step = Step("Name the ticket", "Your ticket is {fact.ticket}.")
    alone = replace(PARCEL, collect=(), steps=(step,))
    assert due(Procedure((alone,), (), embed), talk("c: my parcel is lost"), alone) == ""


def _candidate(text: str, score: float) -> Candidate:
    return Candidate(text, "macro", score, ())


BEST, SECOND, THIRD = (_candidate(f"Answer {n}.", 0.9 - n / 10) for n in range(3))
ASKING = _candidate("Is there a day you need it by?", 0.5)


@pytest.mark.parametrize(
    ("chosen", "first", "texts"),
    [
        ((BEST, SECOND, THIRD), False, [BEST.text, ASKING.text, SECOND.text]),
        ((BEST, SECOND), True, [ASKING.text, BEST.text, SECOND.text]),
        ((), False, [ASKING.text]),
        ((_candidate("Hardly about it.", 0.3),), False, [ASKING.text, "Hardly about it."]),
        ((_candidate("On which day do you need it by?", 0.9),), False, ["On which day do you need it by?"]),
    ],
    ids=["behind the best", "before all", "alone", "before a weak one", "asked already"],
)
def test_it_has_one_place_among_the_replies(
    procedure: Procedure, chosen: tuple[Candidate, ...], first: bool, texts: list[str]
) -> None:
    """Scores stay in order, and nothing is asked for by two replies."""
    shown = procedure.placed(chosen, Due(ASKING, BY, first), 3)
    assert [c.text for c in shown] == texts
    assert [c.score for c in shown] == sorted((c.score for c in shown), reverse=True)


def test_the_engine_suggests_it_fully_supported(embed: VectorCache) -> None:
    """Its source is the behaviour."""
    engine = Engine(replace(LIBRARY, behaviours=(PARCEL,)), embed)
    events = list(engine.turn(talk("c: my parcel is lost", customer=STRANGER)))
    suggested = next(e for e in events if isinstance(e, RepliesSuggested)).suggestions
    assert [(s.kind, s.support) for s in suggested if s.kind == KIND] == [(KIND, Support.FULL)]
