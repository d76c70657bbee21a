"""The assist engine at work on live conversations."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator, Sequence

import pytest

from console.assist.talk import Talk
from console.conversation.assist_events import (
    AssistanceWithheld,
    KnowledgeFound,
    MoodRead,
    RepliesSuggested,
    SuggestionDecided,
    SummaryUpdated,
)
from console.conversation.assistance import (
    Decision,
    KnowledgeHit,
    Mood,
    Routing,
    SummaryKind,
    SummaryLine,
)
from console.conversation.commands import Close, SendMessage
from console.conversation.events import EventData, RoutingChanged
from console.conversation.message import Author, Layer, Status
from console.conversation.people import Customer
from console.desk.desk import Desk
from console.desk.intake import Incoming
from console.desk.log import Appended, LogUnwritable, Write
from console.store import SqlEventLog
from tests.desks import DANA, ROBIN, Chair, Clock, arrive, events_of, state_when, suggest, suggestion, until, writes


@pytest.fixture
async def bare(real_log: SqlEventLog, chair: Chair, clock: Clock) -> AsyncIterator[Desk]:
    """A desk whose engine has not come yet."""
    desk = Desk(real_log, chair, now=clock)
    await desk.start({})
    yield desk
    await desk.stop()


def everything(talk: Talk) -> Iterator[EventData]:
    """Yield every part, each naming the turn it is for."""
    yield RoutingChanged(Routing("lost-parcel", Layer.AUTONOMOUS, 2))
    yield MoodRead(talk.turn, Mood(-0.5, "cross", "falling", 0.6))
    yield KnowledgeFound(talk.turn, (KnowledgeHit("a.md", "A", f"for {talk.turn}", 0.8),))
    yield RepliesSuggested(talk.turn, (suggestion(f"reply to {talk.turn}", talk.turn),))
    yield SummaryUpdated(talk.turn, (SummaryLine(SummaryKind.ISSUE, f"as of {talk.turn}", (talk.turn,)),))


async def test_a_message_fills_all_panels(desk: Desk, chair: Chair) -> None:
    """And what the bot may do alone is assisted once people have it."""
    chair.says = everything
    await arrive(desk)
    state = await state_when(desk, lambda s: bool(s.summary))
    assert [s.text for s in state.suggestions] == ["reply to m1"]
    assert (state.knowledge[0].passage, state.mood and state.mood.label) == ("for m1", "cross")
    assert (state.layer, state.routing and state.routing.intent) == (Layer.ASSISTED, "lost-parcel")


async def test_a_newer_message_cancels_work_on_an_older_one(desk: Desk, chair: Chair) -> None:
    """What the older one would still have brought is never logged."""
    begun, go_on = threading.Event(), threading.Event()

    def slow(talk: Talk) -> Iterator[EventData]:
        yield RoutingChanged(Routing(f"intent of {talk.turn}", Layer.ASSISTED, 1))
        if talk.turn == "m1":
            begun.set()
            go_on.wait(10)
        yield SummaryUpdated(talk.turn, (SummaryLine(SummaryKind.ISSUE, talk.turn, (talk.turn,)),))

    chair.says = slow
    await arrive(desk)
    await until(begun.is_set)
    await writes(desk, "one more thing")
    go_on.set()
    await state_when(desk, lambda s: bool(s.summary))
    assert [e.data.turn for e in await events_of(desk, SummaryUpdated)] == ["m2"]  # type: ignore[union-attr]
    assert chair.turns == ["m1", "m2"]


async def test_after_the_agents_answer_only_the_record_moves_on(desk: Desk, chair: Chair) -> None:
    """Nothing is proposed until the customer writes."""
    chair.says = everything
    await arrive(desk)
    await state_when(desk, lambda s: bool(s.summary))
    await desk.casework.claim(ROBIN, "c1")
    await desk.sending.send(ROBIN, "c1", SendMessage("Hello", "k1"))
    state = await state_when(desk, lambda s: s.summary[0].text == "as of m2")
    assert state.suggestions == ()
    assert len(await events_of(desk, RepliesSuggested)) == 1


async def test_shown_suggestions_that_newer_ones_replace_are_ignored(desk: Desk, chair: Chair) -> None:
    """Those that stay are not."""
    staying, going = suggestion("stays"), suggestion("goes")
    await arrive(desk)
    await suggest(desk, staying, going)
    chair.says = lambda talk: iter([RepliesSuggested(talk.turn, (staying,))])
    await writes(desk, "hello?")
    await state_when(desk, lambda s: s.suggested_for == "m2")
    decided = [e.data for e in await events_of(desk, SuggestionDecided)]
    assert [(d.suggestion, d.decision) for d in decided] == [(going.id, Decision.IGNORED)]  # type: ignore[union-attr]


async def test_an_engine_that_fails_does_not_stop_the_desk(desk: Desk, chair: Chair) -> None:
    """The agent reads so, writes on, and the next message is assisted again."""

    def broken(talk: Talk) -> Iterator[EventData]:
        yield MoodRead(talk.turn, Mood(-0.5, "cross", "falling", 0.6))
        raise RuntimeError("the model choked")

    chair.says = broken
    await arrive(desk)
    state = await state_when(desk, lambda s: bool(s.withheld))
    assert (state.withheld, state.mood is not None) == ("Assistance failed on this message.", True)
    await desk.casework.claim(ROBIN, "c1")
    assert (await desk.sending.send(ROBIN, "c1", SendMessage("Hello", "k1"))).sent
    chair.says = everything
    await writes(desk, "hello?")
    await state_when(desk, lambda s: bool(s.suggestions) and not s.withheld)


async def test_a_log_that_cannot_be_written_does_not_end_assistance(
    desk: Desk, chair: Chair, real_log: SqlEventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once there is room on the disk again, the next message is assisted."""
    await arrive(desk)
    append_all = real_log.append_all
    full = True

    def failing(writes: Sequence[Write]) -> list[Appended | Exception]:
        if full and any(new.actor == "assist" for write in writes for new in write.batch):
            raise LogUnwritable("the disk is full")
        return append_all(writes)

    monkeypatch.setattr(real_log, "append_all", failing)
    chair.says = everything
    await writes(desk, "one")
    await until(lambda: not desk.assistance._running)
    full = False
    await writes(desk, "two")
    await state_when(desk, lambda s: bool(s.suggestions))


async def test_a_human_only_conversation_stays_dark(desk: Desk, chair: Chair) -> None:
    """From the moment it is routed so; what was shown before goes."""
    chair.says = everything
    await arrive(desk)
    await state_when(desk, lambda s: bool(s.summary))
    chair.says = lambda talk: iter([RoutingChanged(Routing("bereavement", Layer.HUMAN_ONLY, 3))])
    await writes(desk, "my wife died")
    state = await state_when(desk, lambda s: s.layer is Layer.HUMAN_ONLY)
    assert (state.summary, state.suggestions, state.knowledge, state.mood) == ((), (), (), None)
    assert desk.live.rows["c1"].moods == ()


async def test_before_the_engine_is_there_the_panel_says_why(bare: Desk, chair: Chair) -> None:
    """And it begins by itself with what waits, once it is there."""
    await arrive(bare)
    state = await state_when(bare, lambda s: bool(s.withheld))
    assert state.withheld.startswith("Assistance is getting ready")
    bare.assistance.not_ready("No assistance: the model is missing; run 'secondchair doctor'.")
    await state_when(bare, lambda s: "secondchair doctor" in s.withheld)
    bare.assistance.progress("loading")
    assert bare.assistance.status == "loading"
    await writes(bare, "hello?")
    chair.says = everything
    bare.assistance.ready(chair)
    state = await state_when(bare, lambda s: bool(s.suggestions))
    assert (state.withheld, bare.assistance.status) == ("", "ready")
    assert len(await events_of(bare, AssistanceWithheld)) >= 2


async def test_reading_the_same_again_logs_nothing(desk: Desk, chair: Chair) -> None:
    """A restart, or renewed content that changes nothing, must not fill the log."""
    chair.says = everything
    await arrive(desk)
    await state_when(desk, lambda s: bool(s.summary))
    await until(lambda: not desk.assistance._running)
    seq = desk.live.seq
    desk.assistance.ready(chair)
    await until(lambda: len(chair.turns) == 2 and not desk.assistance._running)
    assert chair.turns == ["m1", "m1"]
    assert desk.live.seq == seq


async def test_a_closed_conversation_is_left_alone(desk: Desk, chair: Chair) -> None:
    """Nobody reads it."""
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    await until(lambda: not desk.assistance._running)
    await desk.casework.close(ROBIN, "c1", Close("solved", resolved=True))
    turns = len(chair.turns)
    desk.assistance.ready(chair)
    await asyncio.sleep(0)
    assert (await desk.live.state("c1")).status is Status.CLOSED
    assert len(chair.turns) == turns


async def test_no_call_for_assistance_goes_unheard(desk: Desk, chair: Chair) -> None:
    """Not even one that comes in the moment in which the work before it ends."""
    for already in range(20):
        name = await arrive(desk, f"c{already}", customer=Customer(f"u{already}"))
        while name in desk.assistance._running:  # noqa: ASYNC110 - to be there in the very moment
            await asyncio.sleep(0)
        expected = len(chair.turns) + already + 1
        desk.assistance.ready(chair)
        await until(lambda most=expected: len(chair.turns) == most)  # type: ignore[misc]


async def test_closing_does_not_wait_for_a_turn_that_does_not_end(desk: Desk, chair: Chair) -> None:
    """It is dropped; one that ends in time is waited for."""
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def endless(talk: Talk) -> Iterator[EventData]:
        begun.set()
        go_on.wait(20)
        ended.set()
        yield from ()

    chair.says = endless
    await arrive(desk)
    await until(begun.is_set)
    async with asyncio.timeout(10):
        assert not await desk.assistance.close(within=0.01)
    assert not ended.is_set()
    go_on.set()
    assert await desk.assistance.close(within=10)
    assert ended.is_set()


async def test_while_the_bot_has_it_only_mood_flags_and_the_record_are_kept(desk: Desk, chair: Chair) -> None:
    """It routes by itself and takes no suggestions; once people have it, everything is there."""
    chair.says = everything
    await desk.intake.open("test", DANA, conversation="c1", before=[Incoming(Author.CUSTOMER, "when do you open?")])
    state = await state_when(desk, lambda s: bool(s.summary))
    assert (state.status, state.routing, state.suggestions, state.knowledge) == (Status.BOT, None, (), ())
    assert state.mood
    await desk.intake.hand_over("c1", "asked for a person")
    assert (await state_when(desk, lambda s: bool(s.suggestions))).layer is Layer.ASSISTED
