"""Leaving human-only needs a lead; what the bot answered is marked where it is read."""

from collections.abc import Iterator

import pytest

from console.assist.talk import Talk
from console.conversation.assistance import Routing
from console.conversation.boundary import BotMark, Verdict
from console.conversation.boundary_commands import AllowAssistance, MarkBotAnswer
from console.conversation.boundary_events import AssistanceAllowed, BotAnswerMarked
from console.conversation.events import EventData, MessageAdded, NewEvent, RoutingChanged
from console.conversation.message import Author, Layer
from console.desk.desk import Desk
from console.desk.errors import Forbidden, NotFound, Refused, Taken
from tests.desk.test_assistance import everything
from tests.desks import MARTA, ROBIN, SAM, Chair, arrive, events_of, state_when, writes

RESERVED = Routing("legal-threat", Layer.HUMAN_ONLY, 3, ("Legal threat: “my solicitor”",))


def guarding(talk: Talk) -> Iterator[EventData]:
    """Reserve a conversation for people until a lead has let assistance in; then say everything."""
    if talk.routing is None or talk.routing.layer is Layer.HUMAN_ONLY:
        yield from () if talk.routing == RESERVED else (RoutingChanged(RESERVED),)
    else:
        yield from (part for part in everything(talk) if not isinstance(part, RoutingChanged))


@pytest.fixture
async def reserved(desk: Desk, chair: Chair) -> Desk:
    """A conversation that Robin has and that is reserved for people."""
    chair.says = guarding
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    await state_when(desk, lambda s: s.dark)
    return desk


async def test_a_lead_lets_assistance_in_and_it_comes_at_once(reserved: Desk) -> None:
    """Who and why stand in the log and in the conversation; the inbox knows."""
    for _ in range(2):
        await reserved.boundary.allow(MARTA, "c1", AllowAssistance("The solicitor is a joke about his brother"))
    state = await state_when(reserved, lambda s: bool(s.summary))
    assert (state.layer, state.routing and state.routing.intent) == (Layer.ASSISTED, "legal-threat")
    assert state.boundary.allowed["legal-threat"].startswith("Marta Quill let assistance in: The solicitor is a joke")
    assert state.boundary.judged == 1
    (event,) = await events_of(reserved, AssistanceAllowed)
    assert event.actor == "agent:marta"
    assert reserved.live.rows["c1"].layer is Layer.ASSISTED


async def test_the_engine_knows_what_was_let_in_and_what_the_lead_had_seen(reserved: Desk, chair: Chair) -> None:
    """So that only a new reason takes assistance away again."""
    seen: list[tuple[frozenset[str], int]] = []

    def says(talk: Talk) -> Iterator[EventData]:
        seen.append((talk.allowed, talk.judged))
        return guarding(talk)

    chair.says = says
    await reserved.boundary.allow(MARTA, "c1", AllowAssistance("false alarm"))
    await writes(reserved, "hello?")
    await state_when(reserved, lambda s: s.suggested_for == "m2")
    assert seen[-1] == (frozenset({"legal-threat"}), 1)


async def test_no_agent_lets_assistance_in_and_no_lead_without_a_reason(reserved: Desk) -> None:
    """Nothing is logged then."""
    with pytest.raises(Forbidden, match="only a lead may let assistance in"):
        await reserved.boundary.allow(ROBIN, "c1", AllowAssistance("I want it"))
    with pytest.raises(Refused, match="say why"):
        await reserved.boundary.allow(MARTA, "c1", AllowAssistance(" "))
    assert (await reserved.live.state("c1")).dark
    assert await events_of(reserved, AssistanceAllowed) == []


async def test_it_is_taken_back_by_a_lead_or_by_who_has_the_conversation(reserved: Desk) -> None:
    """Everything on the screen goes dark again, and a colleague has no say."""
    await reserved.boundary.allow(MARTA, "c1", AllowAssistance("false alarm"))
    await state_when(reserved, lambda s: bool(s.summary))
    with pytest.raises(Taken):
        await reserved.boundary.allow(SAM, "c1", AllowAssistance(allowed=False))
    await reserved.boundary.allow(ROBIN, "c1", AllowAssistance(allowed=False))
    state = await reserved.live.state("c1")
    assert (state.dark, state.summary, state.suggestions, state.mood) == (True, (), (), None)
    assert state.boundary.allowed == {}
    assert reserved.live.rows["c1"].layer is Layer.HUMAN_ONLY


async def test_what_has_gone_on_to_another_matter_goes_back_to_the_reserved_one(reserved: Desk) -> None:
    """The matter that was let in is the one that is reserved again."""
    await reserved.boundary.allow(MARTA, "c1", AllowAssistance("false alarm"))
    moved = RoutingChanged(Routing("refund", Layer.ASSISTED, 2))
    await reserved.live.record([NewEvent("c1", "assist", moved, reserved.now())])
    await reserved.boundary.allow(MARTA, "c1", AllowAssistance(allowed=False))
    state = await reserved.live.state("c1")
    assert (state.routing and state.routing.intent, state.layer) == ("legal-threat", Layer.HUMAN_ONLY)


async def test_what_was_never_reserved_cannot_be_taken_back(desk: Desk) -> None:
    """There is no rule to go back to."""
    await arrive(desk)
    with pytest.raises(Refused, match="nothing of this conversation was reserved"):
        await desk.boundary.allow(MARTA, "c1", AllowAssistance(allowed=False))


@pytest.fixture
async def answered(desk: Desk) -> Desk:
    """A conversation in which the bot has answered (m2)."""
    await arrive(desk)
    said = MessageAdded(Author.BOT, "We are open until six.", "bot")
    await desk.live.record([NewEvent("c1", "bot", said, desk.now())])
    return desk


async def test_a_mark_stands_until_another_takes_its_place_or_it_is_taken_back(answered: Desk) -> None:
    """Whoever reads it may mark it, also where nobody has the conversation."""
    wrong = MarkBotAnswer("m2", Verdict.WRONG, "It closes at four on Sundays")
    for _ in range(2):
        await answered.boundary.mark(ROBIN, "c1", wrong)
    state = await answered.live.state("c1")
    assert state.boundary.marks == {"m2": BotMark(Verdict.WRONG, "Robin Ashdale", "It closes at four on Sundays")}
    await answered.boundary.mark(SAM, "c1", MarkBotAnswer("m2", Verdict.RIGHT))
    await answered.boundary.mark(SAM, "c1", MarkBotAnswer("m2", Verdict.NONE))
    await answered.boundary.mark(SAM, "c1", MarkBotAnswer("m2", Verdict.NONE))
    assert (await answered.live.state("c1")).boundary.marks == {}
    verdicts = [e.data.verdict for e in await events_of(answered, BotAnswerMarked)]  # type: ignore[union-attr]
    assert verdicts == ["wrong", "right", ""]


async def test_a_wrong_answer_needs_a_reason_and_only_the_bots_are_marked(answered: Desk) -> None:
    """A customer's message is no answer, and one that is not there is none either."""
    with pytest.raises(Refused, match="what is wrong"):
        await answered.boundary.mark(ROBIN, "c1", MarkBotAnswer("m2", Verdict.WRONG))
    for message in ("m1", "m7", ""):
        with pytest.raises(NotFound):
            await answered.boundary.mark(ROBIN, "c1", MarkBotAnswer(message, Verdict.RIGHT))
