"""Practice sessions on a real desk: a simulated customer who understands a few words, far faster than people."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from console.conversation.commands import Close, SendMessage
from console.conversation.message import Author, Status
from console.conversation.people import Customer
from console.conversation.practice import BeginPractice
from console.conversation.practice_events import CustomerMoved, PracticeEnded
from console.desk.channels.practice import PracticeChannel
from console.desk.desk import Desk
from console.desk.errors import NotFound, Refused
from console.desk.practice import MOST_AT_ONCE, PracticeSessions
from console.desk.voicing import Voicing
from console.practice.acts import Act
from console.practice.customer import Ending
from console.practice.hearing import Heard
from console.practice.keeping import played_of, state_of
from console.practice.scenario import Fact, Persona, Resolution, Scenario, Told
from console.store import SqlEventLog
from tests.desks import ROBIN, SAM, Chair, events_of, state_when, until

LATE = Scenario(
    id="late",
    title="A late parcel",
    customer=Customer("dana-kovel", "Dana Kovel", "Dana"),
    begins=("where is my parcel?",),
    wants=("I want my parcel.",),
    facts=(Fact("order", "which order it is", ("It is LF-88213.",), ("Which order is it?",)),),
    resolutions=(Resolution("reship", "A second one", ("I can send another",), ("Yes please, send it.",)),),
    persona=Persona(patience=0.6, trust=0.5, waits=3_600, bursts=0.0),
    reason="asked for a person",
)


class Ear:
    """Hears by single words what a real one hears by meaning."""

    def hear(self, text: str) -> Heard:
        """Return what the words of this test say."""
        asked = {"order": text} if "order" in text else {}
        offered = {"reship": text} if "send" in text else {}
        acts = {Act.GOODBYE: text} if "bye" in text else {Act.EXPLAIN: text}
        return Heard(acts=acts, asked=asked, offered=offered)


@asynccontextmanager
async def practising(
    log: SqlEventLog,
    scenario: Scenario = LATE,
    *,
    speed: float = 1000.0,
    ready: asyncio.Event | None = None,
    voiced: Callable[[Desk], Voicing | None] = lambda desk: None,
    **more: Any,  # noqa: ANN401 - the desk's
) -> AsyncIterator[tuple[Desk, PracticeSessions]]:
    """Run a practice desk on the log, which outlives it; it ends as if it were killed."""
    desk = Desk(log, Chair(), **more)
    scenarios = {scenario.id: scenario}
    channel = PracticeChannel(
        desk,
        lambda: scenarios,
        lambda _: Ear(),  # type: ignore[arg-type, return-value]
        speed=speed,
        ready=ready,
        voicing=voiced(desk),
    )
    await desk.start({channel.name: channel})
    try:
        yield desk, PracticeSessions(desk, lambda: scenarios, desk.now)
    finally:
        for task in desk._tasks:
            task.cancel()
        await asyncio.gather(*desk._tasks, return_exceptions=True)
        await desk.assistance.close()


async def says(desk: Desk, session: str, text: str) -> None:
    """Send the agent's message."""
    assert (await desk.sending.send(ROBIN, session, SendMessage(text, str(desk.live.seq)))).sent


async def hears(desk: Desk, session: str, text: str) -> None:
    """Wait until the customer has said this."""
    await state_when(desk, lambda s: any(text in m.text for m in s.messages if m.role is Author.CUSTOMER), session)


async def test_a_session_belongs_to_who_began_it_and_its_customer_answers(real_log: SqlEventLog) -> None:
    """From the first words to the goodbye."""
    async with practising(real_log) as (desk, sessions):
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        assert desk.live.rows[session].agent == ROBIN.id
        await says(desk, session, "Which order is it?")
        await hears(desk, session, "LF-88213")
        await says(desk, session, "I can send another one.")
        await hears(desk, session, "Yes please")
        await says(desk, session, "bye")
        await until(lambda: _ended(desk))
        ended = (await events_of(desk, PracticeEnded))[0].data
        assert isinstance(ended, PracticeEnded)
        assert ended.ending == Ending.SETTLED


async def _ended(desk: Desk) -> bool:
    return bool(await events_of(desk, PracticeEnded))


async def test_a_customer_goes_on_where_they_were_when_the_server_starts_again(real_log: SqlEventLog) -> None:
    """What was told stays told: asked for it again, they say so."""
    async with practising(real_log) as (desk, sessions):
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        await says(desk, session, "Which order is it?")
        await hears(desk, session, "LF-88213")
    async with practising(real_log) as (desk, _):
        await says(desk, session, "Which order was it?")
        moved = await _moves(desk, 2)
        assert moved[1].moved[0].cause == "asked for what was told already"


async def _moves(desk: Desk, count: int) -> list[CustomerMoved]:
    async def there() -> bool:
        return len(await events_of(desk, CustomerMoved)) >= count

    await until(there)
    return [event.data for event in await events_of(desk, CustomerMoved) if isinstance(event.data, CustomerMoved)]


async def test_a_customer_who_is_left_alone_asks_and_in_the_end_leaves(real_log: SqlEventLog) -> None:
    """Three waits in vain; nobody has to write for it."""
    hasty = Scenario(**{**_fields(LATE), "persona": Persona(patience=0.6, waits=20.0)})
    async with practising(real_log, hasty) as (desk, sessions):
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        state = await state_when(desk, lambda s: any("has left the chat" in m.text for m in s.messages), session)
        assert sum(m.role is Author.CUSTOMER for m in state.messages) == 1 + 3
        assert [m.silences for m in await _moves(desk, 3)] == [1, 2, 3]


def _fields(scenario: Scenario) -> dict[str, object]:
    return {name: getattr(scenario, name) for name in Scenario.__dataclass_fields__}


async def test_who_closes_the_chat_ends_the_session(real_log: SqlEventLog) -> None:
    """Whatever the customer would have said."""
    async with practising(real_log) as (desk, sessions):
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        await desk.casework.close(ROBIN, session, Close("practice", resolved=False))
        assert (await desk.live.state(session)).status is Status.CLOSED


async def test_the_log_tells_the_session_as_it_was_played(real_log: SqlEventLog) -> None:
    """Messages, where the customer stood, and what moved them."""
    async with practising(real_log) as (desk, sessions):
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        await says(desk, session, "Which order is it?")
        await hears(desk, session, "LF-88213")
        played = played_of(await desk.live.history(session), LATE, 1)
        assert [turn.message for turn in played.turns] == ["m2"]
        assert played.state.told == {"order"}
        assert next(m.text for m in played.messages) == "where is my parcel?"


async def test_no_session_of_a_customer_is_an_earlier_contact_of_the_next(real_log: SqlEventLog) -> None:
    """Each session's customer has an id of their own."""
    async with practising(real_log) as (desk, sessions):
        one, two = [await sessions.begin(ROBIN, BeginPractice("late", seed=1)) for _ in range(2)]
        assert desk.live.rows[one].customer != desk.live.rows[two].customer


async def test_what_is_not_there_cannot_be_played(real_log: SqlEventLog) -> None:
    """The refusal names it."""
    async with practising(real_log) as (_, sessions):
        with pytest.raises(NotFound, match="there is no scenario 'none'"):
            await sessions.begin(ROBIN, BeginPractice("none"))


async def test_what_a_customer_held_back_and_was_offered_is_known_when_the_server_starts_again(
    real_log: SqlEventLog,
) -> None:
    """A fact that has to be earned, an offer that needs it: both stand in the log."""
    parts = {
        "facts": (replace(LATE.facts[0], told=Told.EARNED, trust=0.9),),
        "resolutions": (replace(LATE.resolutions[0], needs=("order",)),),
    }
    async with practising(real_log, replace(LATE, **parts)) as (desk, sessions):
        session = await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        await says(desk, session, "Which order is it? I can send another.")
        moved = (await _moves(desk, 1))[0]
        assert state_of(moved).held == {"order"}
        assert state_of(moved).offers == ("reship",)


async def test_nobody_has_more_sessions_under_way_than_a_few(real_log: SqlEventLog) -> None:
    """However many they ask for at once; one that is closed makes room, and others are not held up."""
    async with practising(real_log) as (desk, sessions):
        asked = [sessions.begin(ROBIN, BeginPractice("late", seed=1)) for _ in range(MOST_AT_ONCE + 3)]
        done = await asyncio.gather(*asked, return_exceptions=True)
        begun = [one for one in done if isinstance(one, str)]
        assert (len(begun), sum(isinstance(one, Refused) for one in done)) == (MOST_AT_ONCE, 3)
        await sessions.begin(SAM, BeginPractice("late", seed=1))
        with pytest.raises(Refused, match="20 sessions under way"):
            await sessions.begin(ROBIN, BeginPractice("late", seed=1))
        await desk.casework.close(ROBIN, begun[0], Close("practice", resolved=True))
        await sessions.begin(ROBIN, BeginPractice("late", seed=1))


@pytest.mark.parametrize("seed", [-1, 2**53, 10**4200])
async def test_a_seed_that_is_no_sensible_number_is_refused(real_log: SqlEventLog, seed: int) -> None:
    """Whoever reads the log reads it as it was."""
    async with practising(real_log) as (_, sessions):
        with pytest.raises(Refused, match="a seed is a number"):
            await sessions.begin(ROBIN, BeginPractice("late", seed=seed))
