"""A session taken up again before one of the agent's messages: a new one, on a real desk."""

import pytest

from console.conversation.message import Author
from console.conversation.practice import BeginPractice
from console.conversation.practice_events import CustomerMoved, PracticeBegan
from console.desk.desk import Desk
from console.desk.errors import NotFound
from console.desk.practice import PracticeSessions
from console.practice.keeping import played_of
from console.practice.record import Record
from console.practice.replaying import then_and_now
from console.store import SqlEventLog
from tests.desks import MARTA, ROBIN, state_when
from tests.practice.test_sessions import LATE, hears, practising, says


async def played(desk: Desk, sessions: PracticeSessions) -> str:
    """Play a session in which the agent asks, and then says something that helps nobody."""
    session = await sessions.begin(ROBIN, BeginPractice("late", seed=7))
    await says(desk, session, "Which order is it?")
    await hears(desk, session, "LF-88213")
    await says(desk, session, "Parcels take their time.")
    await state_when(desk, lambda s: s.messages[-1].role is Author.CUSTOMER and len(s.messages) >= 5, session)
    return session


async def test_a_replay_begins_with_the_same_customer_as_they_were_before_the_message(real_log: SqlEventLog) -> None:
    """Their state, what was said up to there, and the seed; and its event says what it takes up."""
    async with practising(real_log) as (desk, sessions):
        session = await played(desk, sessions)
        again = await sessions.replay(ROBIN, session, "m4")
        then, now = [await desk.live.history(name) for name in (session, again)]
        assert [m.text for m in (await desk.live.state(again)).messages] == [
            m.text for m in (await desk.live.state(session)).messages[:3]
        ]
        first = played_of(then, LATE, 7).turns[0].answer.state
        assert played_of(now, LATE, 7).state == first
        began = next(event.data for event in now if isinstance(event.data, PracticeBegan))
        record = Record()
        for event in now:
            record.take(event)
        assert record.sessions[again].told.replays == session
        assert (began.replays, began.before, began.seed, began.scenario) == (session, "m4", 7, "late")


async def test_in_a_replay_the_customer_hears_only_what_is_written_now(real_log: SqlEventLog) -> None:
    """What was told stays told, what was written the first time is not answered again."""
    async with practising(real_log) as (desk, sessions):
        session = await played(desk, sessions)
        again = await sessions.replay(ROBIN, session, "m4")
        await says(desk, again, "I can send another one.")
        await hears(desk, again, "Yes please")
        earlier, now = [played_of(await desk.live.history(name), LATE, 7) for name in (session, again)]
        assert [turn.message for turn in now.turns] == ["m2", "m4"]
        assert now.state.settled == "reship"
        before, after = then_and_now(earlier, now, "m4")
        assert before is not None
        assert after is not None
        assert before.answer.state.settled == ""
        assert after.answer.state.settled == "reship"


async def test_from_the_first_message_on_a_replay_begins_from_the_start(real_log: SqlEventLog) -> None:
    """Nothing has moved the customer yet."""
    async with practising(real_log) as (desk, sessions):
        session = await played(desk, sessions)
        again = await sessions.replay(ROBIN, session, "m2")
        history = await desk.live.history(again)
        assert not any(isinstance(event.data, CustomerMoved) for event in history)
        assert [m.text for m in (await desk.live.state(again)).messages] == ["where is my parcel?"]


async def test_a_replay_can_itself_be_taken_up_again(real_log: SqlEventLog) -> None:
    """From a message that it has from the session before, too."""
    async with practising(real_log) as (desk, sessions):
        again = await sessions.replay(ROBIN, await played(desk, sessions), "m4")
        third = await sessions.replay(ROBIN, again, "m2")
        assert len((await desk.live.state(third)).messages) == 1


async def test_a_lead_takes_up_the_session_of_an_agent_as_their_own(real_log: SqlEventLog) -> None:
    """The new session is theirs; the other one stays as it is."""
    async with practising(real_log) as (desk, sessions):
        session = await played(desk, sessions)
        again = await sessions.replay(MARTA, session, "m4")
        assert sessions.owner(again) == MARTA.id
        assert sessions.owner(session) == ROBIN.id


@pytest.mark.parametrize("message", ["m1", "m3", "m99"])
async def test_only_messages_of_the_agent_can_be_answered_otherwise(real_log: SqlEventLog, message: str) -> None:
    """Not the customer's, and none that is not there."""
    async with practising(real_log) as (desk, sessions):
        session = await played(desk, sessions)
        with pytest.raises(NotFound, match=f"the agent wrote no message '{message}'"):
            await sessions.replay(ROBIN, session, message)
