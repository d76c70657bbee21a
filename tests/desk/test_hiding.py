"""Assistance that the agent hid for one conversation."""

from collections.abc import Iterator

import pytest

from console.assist.talk import Talk
from console.conversation.assist_events import AssistanceHidden, RepliesSuggested, SuggestionDecided
from console.conversation.assistance import Decision
from console.conversation.commands import Release, SendMessage, SetAssistance
from console.conversation.events import EventData
from console.conversation.inbox import InboxRow
from console.desk.desk import Desk
from console.desk.errors import Taken
from tests.desk.test_assistance import everything
from tests.desk.test_packets import BOOTS
from tests.desks import ROBIN, SAM, Chair, arrive, events_of, state_when, suggest, suggestion, until, writes


@pytest.fixture
async def helped(desk: Desk, chair: Chair) -> Desk:
    """A conversation that Robin has, with everything on the screen."""
    chair.says = everything
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    await state_when(desk, lambda s: bool(s.summary))
    return desk


def row(desk: Desk) -> InboxRow:
    """Return the conversation's line of the inbox."""
    return desk.live.rows["c1"]


async def test_hiding_takes_everything_from_the_screen_but_flags(helped: Desk) -> None:
    """Mood too, in the inbox as well; saying it twice changes nothing."""
    for _ in range(2):
        await helped.feedback.set_assistance(ROBIN, "c1", SetAssistance(hidden=True))
    state = await helped.live.state("c1")
    assert (state.summary, state.suggestions, state.knowledge, state.mood) == ((), (), (), None)
    assert state.dark
    assert (row(helped).moods, row(helped).mood) == ((), "")
    assert len(await events_of(helped, AssistanceHidden)) == 1


async def test_the_engine_is_told_and_comes_back_with_all_when_it_is_shown_again(helped: Desk, chair: Chair) -> None:
    """At once, for the newest message."""
    hidden: list[bool] = []

    def says(talk: Talk) -> Iterator[EventData]:
        hidden.append(talk.hidden)
        return iter(()) if talk.hidden else everything(talk)

    chair.says = says
    await helped.feedback.set_assistance(ROBIN, "c1", SetAssistance(hidden=True))
    await writes(helped, "hello?")
    await until(lambda: bool(hidden) and not helped.assistance._running)
    assert all(hidden)
    await helped.feedback.set_assistance(ROBIN, "c1", SetAssistance(hidden=False))
    state = await state_when(helped, lambda s: bool(s.summary))
    assert [s.text for s in state.suggestions] == ["reply to m2"]
    assert state.mood
    assert hidden[-1] is False


async def test_what_stood_on_the_screen_counts_as_ignored(helped: Desk) -> None:
    """It was seen, and assistance was hidden instead of taking it."""
    shown = suggestion("I can reship it.")
    await suggest(helped, shown)
    await helped.feedback.set_assistance(ROBIN, "c1", SetAssistance(hidden=True))
    decided = [e.data for e in await events_of(helped, SuggestionDecided)]
    assert (decided[-1].suggestion, decided[-1].decision) == (shown.id, Decision.IGNORED)  # type: ignore[union-attr]
    hidden = (await events_of(helped, AssistanceHidden))[-1].seq
    assert all(event.seq < hidden for event in await events_of(helped, RepliesSuggested))


async def test_what_was_handed_over_is_there_again_with_assistance(desk: Desk) -> None:
    """Numbers and promises are hidden with the rest, and not lost."""
    await arrive(desk, "c1", "My boots LF-88213 are not here", customer=BOOTS)
    await state_when(desk, lambda s: s.packet is not None)
    before = (await desk.casework.claim(ROBIN, "c1")).packet
    assert before is not None
    assert before.facts
    await desk.feedback.set_assistance(ROBIN, "c1", SetAssistance(hidden=True))
    while_hidden = (await desk.live.state("c1")).packet
    assert while_hidden is not None
    assert (while_hidden.dark, while_hidden.facts) == (True, ())
    await desk.feedback.set_assistance(ROBIN, "c1", SetAssistance(hidden=False))
    assert (await desk.live.state("c1")).packet == before


async def test_what_was_handed_over_while_it_was_hidden_is_read_once_it_is_shown(desk: Desk) -> None:
    """Who gave the chat back had it hidden; the next one wants all of it, but no first sentence after their own."""
    await arrive(desk, "c1", "My boots LF-88213 are not here", customer=BOOTS)
    await desk.casework.claim(ROBIN, "c1")
    await desk.feedback.set_assistance(ROBIN, "c1", SetAssistance(hidden=True))
    await desk.casework.release(ROBIN, "c1", Release())
    await desk.packets.settled("c1")
    await desk.casework.claim(SAM, "c1")
    handed = (await desk.live.state("c1")).packet
    assert handed is not None
    assert handed.dark
    await desk.sending.send(SAM, "c1", SendMessage("Hello, this is Sam.", "k1"))
    await desk.feedback.set_assistance(SAM, "c1", SetAssistance(hidden=False))
    state = await state_when(desk, lambda s: s.packet is not None and not s.packet.dark)
    assert state.packet is not None
    assert [fact.value for fact in state.packet.facts] == ["LF-88213"]
    assert state.packet.opening is None


async def test_only_who_has_the_conversation_hides_it(helped: Desk) -> None:
    """It is their screen."""
    with pytest.raises(Taken, match="Robin Ashdale has this conversation"):
        await helped.feedback.set_assistance(SAM, "c1", SetAssistance(hidden=True))
