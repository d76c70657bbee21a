"""What nobody looks at is worked out in part, and the rest once somebody looks."""

from console.conversation.assist_events import KnowledgeFound, MoodRead
from console.conversation.commands import Close, Release
from console.conversation.people import Agent
from console.desk.attention import CONSOLES, GONE, Screen
from console.desk.desk import Desk
from tests.desk.test_assistance import everything
from tests.desks import MARTA, ROBIN, Chair, Clock, arrive, events_of, state_when, until, writes


def shows(desk: Desk, conversation: str, agent: Agent = ROBIN, console: str = "one") -> None:
    """Let an agent's console say what it shows."""
    desk.signs.seen(agent.id)
    desk.attention.show(Screen(agent.id, console, conversation))


async def robin_has_two(desk: Desk, chair: Chair) -> None:
    """Robin has c1 and c2, and c2 on the screen; all that was said so far is worked."""
    chair.says = everything
    for conversation in ("c1", "c2"):
        await arrive(desk, conversation)
        await desk.casework.claim(ROBIN, conversation)
    shows(desk, "c2")
    await at_rest(desk)


async def at_rest(desk: Desk) -> None:
    """Wait until nothing is being worked."""
    await until(lambda: not desk.assistance.busy() and not desk.packets.busy())


async def found(desk: Desk, kind: type[KnowledgeFound] | type[MoodRead], conversation: str = "c1") -> list[str]:
    """Return for which turns parts of a kind are in the log."""
    return [event.data.turn for event in await events_of(desk, kind, conversation)]  # type: ignore[union-attr]


async def worked_whole(desk: Desk) -> None:
    """Wait for replies to the second message; knowledge and mood are there as well."""
    state = await state_when(desk, lambda s: s.suggested_for == "m2")
    assert [s.text for s in state.suggestions] == ["reply to m2"]
    await at_rest(desk)
    assert "m2" in await found(desk, KnowledgeFound)
    assert "m2" in await found(desk, MoodRead)


async def test_a_conversation_that_is_elsewhere_gets_its_mood_alone(desk: Desk, chair: Chair) -> None:
    await robin_has_two(desk, chair)
    await writes(desk, "still nothing")
    await at_rest(desk)
    assert "m2" in await found(desk, MoodRead)
    assert "m2" not in await found(desk, KnowledgeFound)


async def test_the_rest_comes_once_somebody_looks(desk: Desk, chair: Chair) -> None:
    await robin_has_two(desk, chair)
    await writes(desk, "still nothing")
    await at_rest(desk)
    shows(desk, "c1")
    await worked_whole(desk)


async def test_a_lead_who_looks_is_somebody(desk: Desk, chair: Chair) -> None:
    await robin_has_two(desk, chair)
    shows(desk, "c1", MARTA)
    await writes(desk, "still nothing")
    await worked_whole(desk)


async def test_another_console_of_the_same_agent_counts_too(desk: Desk, chair: Chair) -> None:
    await robin_has_two(desk, chair)
    shows(desk, "c1", console="two")
    await writes(desk, "still nothing")
    await worked_whole(desk)


async def test_what_waits_for_anybody_is_worked_whole(desk: Desk, chair: Chair) -> None:
    """Also what was elsewhere a moment ago, and is given back."""
    await robin_has_two(desk, chair)
    await writes(desk, "still nothing")
    await at_rest(desk)
    assert "m2" not in await found(desk, KnowledgeFound)
    await desk.casework.release(ROBIN, "c1", Release())
    await worked_whole(desk)


async def test_what_was_closed_before_anybody_looked_is_not_remembered(desk: Desk, chair: Chair) -> None:
    """There is nothing left to work out, and a desk closes thousands."""
    await robin_has_two(desk, chair)
    await writes(desk, "still nothing")
    await at_rest(desk)
    assert desk.assistance._begun == {"c1"}
    await desk.casework.close(ROBIN, "c1", Close("solved", resolved=True))
    assert desk.assistance._begun == set()


async def test_an_agent_of_whom_nothing_is_known_looks_at_all_they_have(desk: Desk, chair: Chair, clock: Clock) -> None:
    """Because their console says nothing, or because it has been silent for long."""
    await robin_has_two(desk, chair)
    clock.forward(GONE + 1)
    await writes(desk, "still nothing")
    await worked_whole(desk)


async def test_consoles_of_one_agent_are_remembered_up_to_a_number(desk: Desk, chair: Chair) -> None:
    await robin_has_two(desk, chair)
    for number in range(CONSOLES + 1):
        shows(desk, f"other-{number}", console=f"{number}")
    row = desk.live.rows["c2"]
    assert desk.attention.elsewhere(row)
