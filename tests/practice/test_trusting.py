"""Planted suggestions on a real desk: made, met, scored, and told of."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from console.assist.talk import Talk
from console.content.policies import Policy, Trigger, Watched
from console.conversation.assist_events import KnowledgeFound, RepliesSuggested, SummaryUpdated
from console.conversation.assistance import Severity, Suggestion
from console.conversation.commands import Dismiss, SendMessage, SetAssistance, Shown
from console.conversation.events import EventData
from console.conversation.message import Author
from console.conversation.practice import BeginPractice
from console.conversation.practice_events import UNSEEN, PlantKind, PlantStopped, ScoredPoint, SuggestionPlanted
from console.desk.desk import Desk
from console.desk.errors import NotFound, Refused
from console.desk.intake import Incoming
from console.desk.planting import Planting
from console.desk.practice import PracticeSessions
from console.practice.parts import Part
from console.practice.play import Played, begin
from console.practice.scenario import Plant, Scenario
from console.practice.scoring import scored
from console.practice.trusting import Fate, Met, Trust, plants_met, trust_of
from console.store import SqlEventLog
from tests.desks import ROBIN, SAM, Chair, events_of, flag, state_when, suggestion, until
from tests.practice.test_sessions import LATE, practising

GOOD = "I can reship it by express today."
BAD = "It will definitely arrive by Friday."
PROMISES = Policy(
    "delivery-promise", "No promises", "Delivery §4", Severity.BLOCK, (Watched.DRAFT,), "", "Say when it is due.",
    (Trigger(examples=(BAD,)),),
)  # fmt: skip
PLANTED = replace(LATE, plants=(Plant(BAD, PlantKind.POLICY, "Nobody can promise it.", "Say when it is due.", turn=0),))


class Words:
    """Embeds a text as the words that it has of a few."""

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return unit rows."""
        known = ("reship", "express", "today", "friday", "definitely", "refund")
        rows = np.array([[1e-6, *(float(word in text.lower()) for word in known)] for text in texts], np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def says(talk: Talk) -> Iterator[EventData]:
    """Suggest the same at each turn, or nothing where assistance is hidden, as the engine does."""
    if not talk.hidden and talk.messages[-1].role is Author.CUSTOMER:
        yield KnowledgeFound(talk.turn, ())
        yield RepliesSuggested(talk.turn, (suggestion(GOOD, talk.turn), suggestion("Which order?", talk.turn)))
        yield SummaryUpdated(talk.turn, ())


def judges(draft: str) -> tuple[object, ...]:
    """Hold a promise against a draft."""
    return (flag(PROMISES.id, Severity.BLOCK, BAD),) if BAD in draft else ()


@asynccontextmanager
async def playing(
    log: SqlEventLog, assistance: str = "planted", scenario: Scenario = PLANTED
) -> AsyncIterator[tuple[Desk, PracticeSessions, str]]:
    """A session that has begun, on a practice desk with planted suggestions."""
    async with practising(log, scenario) as (desk, sessions):
        await sessions.start()
        chair = Chair(says=says, judges=judges)  # type: ignore[arg-type]
        desk.equip(Planting(chair, sessions, (PROMISES,), Words()), None)  # type: ignore[arg-type]
        begun = BeginPractice("late", assistance, seed=1)  # type: ignore[arg-type]
        yield desk, sessions, await sessions.begin(ROBIN, begun)


async def shown(desk: Desk, session: str) -> Suggestion:
    """Put what is suggested on the agent's screen; return the plant among it."""
    state = await state_when(desk, lambda s: bool(s.suggestions), session)
    names = tuple(one.id for one in state.suggestions)
    await desk.feedback.shown(ROBIN, session, Shown(state.suggested_for, names))
    plant = next(e.data for e in await events_of(desk, SuggestionPlanted) if isinstance(e.data, SuggestionPlanted))
    return state.offered[plant.suggestion]


async def met(desk: Desk, session: str) -> Met:
    """What became of the one plant."""
    (found,) = plants_met(await desk.live.history(session))
    return found


async def writes(desk: Desk, session: str, text: str, taken: str = "", **how: object) -> bool:
    """Send a text; returns whether it went out."""
    command = SendMessage(text, str(desk.live.seq), taken, **how)  # type: ignore[arg-type]
    return (await desk.sending.send(ROBIN, session, command)).sent


async def test_a_plant_stands_among_what_is_right_and_is_recorded_before_it_is_suggested(real_log: SqlEventLog) -> None:
    """Consoles are not sent which one it is."""
    async with playing(real_log) as (desk, _, session):
        plant = await shown(desk, session)
        state = await desk.live.state(session)
        assert [one.text for one in state.suggestions] == [GOOD, "Which order?", BAD]
        planted, suggested = [await events_of(desk, kind) for kind in (SuggestionPlanted, RepliesSuggested)]
        assert planted[0].seq < suggested[0].seq
        assert {SuggestionPlanted, PlantStopped} <= UNSEEN
        assert plant.sources == state.suggestions[0].sources


async def test_other_sessions_have_no_plants(real_log: SqlEventLog) -> None:
    """Though their scenario has some."""
    async with playing(real_log, "on") as (desk, _, session):
        state = await state_when(desk, lambda s: bool(s.suggestions), session)
        assert [one.text for one in state.suggestions] == [GOOD, "Which order?"]
        assert await events_of(desk, SuggestionPlanted) == []


async def test_who_puts_it_away_or_writes_something_else_has_caught_it(real_log: SqlEventLog) -> None:
    """Before they have done anything it is open, and unseen before it stood on the screen."""
    async with playing(real_log) as (desk, _, session):
        plant = await shown(desk, session)
        assert (await met(desk, session)).fate is Fate.OPEN
        await desk.feedback.dismiss(ROBIN, session, Dismiss(plant.id))
        assert (await met(desk, session)).fate is Fate.CAUGHT
        assert await writes(desk, session, "Let me see what I can do.")
        found = await met(desk, session)
        assert (found.fate, found.did) == (Fate.CAUGHT, "you put it away")


async def test_who_only_asks_for_a_moment_has_caught_nothing_yet(real_log: SqlEventLog) -> None:
    """What they write next decides, though the plant came on the screen before."""
    async with playing(real_log) as (desk, sessions, session):
        desk.equip(Planting(Chair(says=says), sessions, (), Words()), None)  # type: ignore[arg-type]
        await shown(desk, session)
        assert await writes(desk, session, "One moment, Kirsty, I am reading it.")
        assert (await met(desk, session)).fate is Fate.OPEN
        assert await writes(desk, session, BAD)
        assert (await met(desk, session)).fate is Fate.SENT


async def test_who_sends_it_has_not_and_the_words_are_the_evidence(real_log: SqlEventLog) -> None:
    """On a desk whose policies do not speak against it."""
    async with playing(real_log) as (desk, sessions, session):
        desk.equip(Planting(Chair(says=says), sessions, (), Words()), None)  # type: ignore[arg-type]
        plant = await shown(desk, session)
        assert await writes(desk, session, BAD, plant.id)
        found = await met(desk, session)
        assert (found.fate, found.did) == (Fate.SENT, "as it stood")
        assert found.evidence is not None
        assert found.evidence.words == BAD


async def test_what_the_check_of_drafts_stops_is_not_the_agents_catch(real_log: SqlEventLog) -> None:
    """It is blocked as in live work; what they send then counts for nothing."""
    async with playing(real_log) as (desk, _, session):
        plant = await shown(desk, session)
        assert not await writes(desk, session, BAD, plant.id)
        await until(lambda: _stopped(desk))
        assert await writes(desk, session, "It is due on Friday, as an estimate.", plant.id)
        assert (await met(desk, session)).fate is Fate.STOPPED


async def _stopped(desk: Desk) -> bool:
    return bool(await events_of(desk, PlantStopped))


async def test_good_ones_that_are_taken_are_used_and_written_by_hand_they_are_passed_over(
    real_log: SqlEventLog,
) -> None:
    """What is alike is told by its meaning."""
    async with playing(real_log) as (desk, _, session):
        await shown(desk, session)
        assert await writes(desk, session, "We reship it today, by express.")
        trust = trust_of(await desk.live.history(session), Words())
        assert (len(trust.used), len(trust.passed)) == (0, 1)
        assert [met.fate for met in trust.plants if met.counts] == [Fate.CAUGHT]
    async with playing(real_log) as (desk, _, session):
        state = await state_when(desk, lambda s: bool(s.suggestions), session)
        await shown(desk, session)
        assert await writes(desk, session, GOOD, state.suggestions[0].id)
        trust = trust_of(await desk.live.history(session), Words())
        assert (len(trust.used), len(trust.passed)) == (1, 0)


async def test_plants_of_a_session_that_was_left_are_told_once_and_by_whichever_server(real_log: SqlEventLog) -> None:
    """To who played it, and nobody else; what was told before it was decided counts for nothing."""
    async with playing(real_log) as (desk, sessions, session):
        plant = await shown(desk, session)
        assert sessions.undisclosed(ROBIN.id) == [session]
        assert sessions.undisclosed(SAM.id) == []
        with pytest.raises(NotFound):
            await sessions.disclose(SAM, session, [plant.id])
    async with practising(real_log, PLANTED) as (desk, sessions):
        await sessions.start()
        assert sessions.undisclosed(ROBIN.id) == [session]
        await sessions.disclose(ROBIN, session, [plant.id, "s-none"])
        assert sessions.undisclosed(ROBIN.id) == []
        assert await writes(desk, session, "Hello.")
        assert (await met(desk, session)).fate is Fate.OPEN


async def test_a_plant_that_is_made_anew_because_the_customer_wrote_on_is_one_plant(real_log: SqlEventLog) -> None:
    """The one that stood on the screen; the other is told with it."""
    async with playing(real_log) as (desk, sessions, session):
        await until(lambda: _planted(desk, 1))
        await desk.intake.receive(session, Incoming(Author.CUSTOMER, "hello?", "more"))
        await until(lambda: _planted(desk, 2))
        state = await state_when(desk, lambda s: s.suggested_for == "m2", session)
        await desk.feedback.shown(ROBIN, session, Shown("m2", tuple(one.id for one in state.suggestions)))
        assert (await met(desk, session)).fate is Fate.OPEN
        await sessions.disclose(ROBIN, session, [(await met(desk, session)).plant.suggestion])
        assert sessions.undisclosed(ROBIN.id) == []


async def test_a_plant_that_stood_on_the_screen_more_than_once_is_listed_once(real_log: SqlEventLog) -> None:
    """As sent, if it ever was."""
    async with playing(real_log) as (desk, sessions, session):
        desk.equip(Planting(Chair(says=says), sessions, (), Words()), None)  # type: ignore[arg-type]
        plant = await shown(desk, session)
        await desk.intake.receive(session, Incoming(Author.CUSTOMER, "hello?", "more"))
        await until(lambda: _planted(desk, 2))
        state = await state_when(desk, lambda s: s.suggested_for == "m2", session)
        await desk.feedback.shown(ROBIN, session, Shown("m2", tuple(one.id for one in state.suggestions)))
        assert await writes(desk, session, plant.text)
        assert (await met(desk, session)).fate is Fate.SENT


async def _planted(desk: Desk, count: int) -> bool:
    return len(await events_of(desk, SuggestionPlanted)) == count


async def test_without_assistance_there_is_none_and_nobody_brings_it_back(real_log: SqlEventLog) -> None:
    """From the first moment on; the packet is as silent as the panels."""
    async with playing(real_log, "off") as (desk, _, session):
        await until(lambda: "m1" in desk.assistance._assistant._assistant.turns)  # type: ignore[union-attr]
        state = await desk.live.state(session)
        assert state.dark
        assert state.unassisted
        assert await events_of(desk, RepliesSuggested) == []
        with pytest.raises(Refused, match="without assistance"):
            await desk.feedback.set_assistance(ROBIN, session, SetAssistance(hidden=False))


def points(trust: Trust) -> dict[str, ScoredPoint]:
    """What is scored of the suggestions."""
    played: Played = begin(LATE, 1, datetime.now(UTC))
    return {point.id: point for point in scored(played, (), trust).points}


def a_met(fate: Fate) -> Met:
    """A plant of which this became."""
    return Met(SuggestionPlanted("s", PlantKind.FACT, "10 days", "", ""), "It takes 10 days.", fate)


def test_plants_that_were_caught_are_scored_and_those_that_were_not_seen_are_not() -> None:
    """What the check stopped is no catch of the agent's."""
    found = points(Trust((a_met(Fate.CAUGHT), a_met(Fate.STOPPED), a_met(Fate.SENT), a_met(Fate.UNSEEN))))
    assert found[Part.PLANTS].value == pytest.approx(1 / 3)
    assert found[Part.PLANTS].reason == "1 of 3; 1 stopped by the check of the draft; 1 sent"
    assert points(Trust((a_met(Fate.OPEN),)))[Part.PLANTS].value is None
    assert not {Part.PLANTS, Part.SUGGESTIONS} & points(Trust()).keys()
