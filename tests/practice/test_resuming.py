"""Sessions that were cut short: the customer goes on where they were, answers once, and holds it against nobody."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from console.conversation.codec import decode_json, encode_json
from console.conversation.commands import Release
from console.conversation.events import Event
from console.conversation.message import Author
from console.conversation.practice import BeginPractice
from console.conversation.practice_events import CustomerMoved, PracticeBegan
from console.desk.channels import practice
from console.desk.desk import Desk
from console.desk.intake import Incoming
from console.practice.keeping import moved_of, moves_of, state_of
from console.practice.scenario import Persona
from console.store import SqlEventLog
from tests.desks import DANA, ROBIN, Clock, state_when, until
from tests.postgres import Server
from tests.practice.scripted import Remembering, Skilled, ear, played, scenarios
from tests.practice.test_sessions import LATE, hears, practising, says
from tests.store.desks import PostgresDesk, SqliteDesk

SLOW = 20.0
"""A speed at which a customer types long enough to be interrupted."""


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqliteDesk | PostgresDesk]:
    """Where the log of practice lies."""
    if request.param == "sqlite":
        made = SqliteDesk(tmp_path / "practice", tmp_path / "config")
        yield made
        made.close()
        return
    server: Server = request.getfixturevalue("postgres")
    team = PostgresDesk(server, tmp_path / "practice", tmp_path / "config")
    yield team
    team.remove()


@pytest.fixture
def log(place: SqliteDesk | PostgresDesk) -> SqlEventLog:
    """Its log."""
    return place.open()


async def moves(desk: Desk) -> list[CustomerMoved]:
    """Return where the customer stood, one after the other."""
    return moves_of(await desk.live.history())


async def test_what_was_being_typed_when_the_server_died_is_said_once(log: SqlEventLog) -> None:
    """And not again at the next start."""
    async with practising(log, speed=SLOW) as (desk, sessions):
        decided = asyncio.Event()
        desk.live.watchers.append(lambda e: decided.set() if isinstance(e.data, CustomerMoved) else None)
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        await says(desk, session, "Which order is it?")
        await decided.wait()
    async with practising(log) as (desk, _):
        await hears(desk, session, "LF-88213")
    async with practising(log) as (desk, _):  # and once more
        await says(desk, session, "I can send another one.")
        state = await state_when(desk, lambda s: s.messages[-1].text == "Yes please, send it.", session)
    said = [message.text for message in state.messages if message.role is Author.CUSTOMER]
    assert said == ["where is my parcel?", "It is LF-88213.", "Yes please, send it."]


async def test_what_was_written_while_no_customer_was_played_is_answered_once(log: SqlEventLog) -> None:
    """They are played as soon as they understand anything: the engine takes seconds."""
    ready = asyncio.Event()
    async with practising(log, ready=ready) as (desk, sessions):
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        await says(desk, session, "Which order is it?")
        await until(lambda: not desk.live.log.undelivered("practice"))
        assert not await moves(desk)
        ready.set()
        await hears(desk, session, "LF-88213")
    async with practising(log) as (desk, _):
        await until(lambda: session in desk.live.rows)
        assert len(await moves(desk)) == 1


async def test_a_session_is_the_agents_from_its_first_event_on(log: SqlEventLog) -> None:
    """A server that is killed while it opens one leaves all of it or nothing: none that is nobody's."""
    async with practising(log) as (desk, sessions):
        claims: list[int] = []

        def look(event: Event) -> None:
            if isinstance(event.data, PracticeBegan):
                claims.append(len(desk.live.log.of_kinds(["conversation-claimed"])))

        desk.live.watchers.append(look)
        await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        assert claims == [1]


async def test_a_session_that_nobody_had_claimed_is_the_agents_once_the_server_is_back(log: SqlEventLog) -> None:
    """As logs hold them that were written before opening and claiming were one; given back by the agent it stays."""
    began = PracticeBegan("late", "1", "A late parcel", 1, ROBIN.id, ROBIN.name)
    first = [Incoming(Author.CUSTOMER, "where is my parcel?", "begins.0")]
    async with practising(log, ready=asyncio.Event()) as (desk, _):
        for session in ("p-left", "p-given-back"):
            await desk.intake.open(
                practice.NAME, DANA, conversation=session, before=first, handover="asked", also=[("agent:robin", began)]
            )
        await desk.casework.claim(ROBIN, "p-given-back")
        await desk.casework.release(ROBIN, "p-given-back", Release())
    async with practising(log) as (desk, _):
        await state_when(desk, lambda s: s.agent == ROBIN.id, "p-left")
        await says(desk, "p-left", "Which order is it?")
        await hears(desk, "p-left", "LF-88213")
        assert not desk.live.rows["p-given-back"].agent


async def test_nobody_loses_patience_with_an_agent_who_is_away(
    log: SqlEventLog, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server was down, or the console closed; who is back is waited for anew."""
    monkeypatch.setattr(practice, "LOOKS_EVERY", 0.02)
    hasty = replace(LATE, persona=Persona(patience=0.6, waits=500.0))  # half a second
    async with practising(log, hasty, now=clock) as (desk, sessions):
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        await says(desk, session, "Which order is it?")
        clock.forward(practice.AWAY + 1)
        await hears(desk, session, "LF-88213")
        looks, asked = Counter[str](), desk.signs.gone_for
        desk.signs.gone_for = lambda agent: (looks.update([agent]), asked(agent))[1]  # type: ignore[method-assign]
        await until(lambda: looks[ROBIN.id] > 40)
        assert [move.silences for move in await moves(desk)] == [0]
        desk.signs.seen(ROBIN.id)
        await state_when(desk, lambda s: any("has left the chat" in m.text for m in s.messages), session)


async def test_a_customer_goes_on_once_the_database_is_back(postgres: Server, tmp_path: Path) -> None:
    """What they were about to say is said."""
    team = PostgresDesk(postgres, tmp_path / "practice", tmp_path / "config")
    log = team.open()
    async with practising(log) as (desk, sessions):
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        await desk.live.state(session)  # as a console that shows it has read it
        team.cut_off()
        await says(desk, session, "Which order is it?")
        await hears(desk, session, "LF-88213")
    team.remove()


async def said_by_the_customer(desk: Desk, session: str) -> str:
    """All that stands in the log as this server knows it."""
    return "\n".join(m.text for m in (await desk.live.state(session)).messages if m.role is Author.CUSTOMER)


async def test_of_two_servers_that_play_a_customer_one_is_heard(postgres: Server, tmp_path: Path) -> None:
    """As where one was frozen while the other took over: neither knows of the other, and the log decides."""
    team = PostgresDesk(postgres, tmp_path / "practice", tmp_path / "config")
    one, two = team.writers()
    async with practising(one, speed=100) as (first, sessions), practising(two, speed=100) as (second, _):
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        await second.live.catch_up()
        for speaks, other, asked, told in (
            (first, second, "Which order is it?", "LF-88213"),
            (second, first, "I can send another one.", "Yes please"),
        ):
            await says(speaks, session, asked)
            await other.live.catch_up()
            async with asyncio.timeout(10):
                while told not in await said_by_the_customer(speaks, session):
                    await speaks.live.catch_up()  # of the two, the other may have answered
            await other.live.catch_up()
        await first.live.catch_up()
        assert [move.turn for move in await moves(first)] == [1, 2]
        said = [m.text for m in (await first.live.state(session)).messages if m.role is Author.CUSTOMER]
        assert len(said) == len(set(said)) == 3
    team.remove()


def test_the_log_holds_all_of_where_a_customer_stands(remembering: Remembering) -> None:
    """Whatever was played: who reads it goes on as who has played it would."""
    for scenario in scenarios():
        hearing = ear(scenario, remembering)
        for skilled in Skilled:
            for turn in played(scenario, hearing, skilled, 0).turns:
                logged = encode_json(moved_of(turn.answer, turn.heard, 1, turn.message))
                assert state_of(decode_json(CustomerMoved, logged)) == turn.answer.state
