"""Fewer replies for who passes them over, and all of them again."""

from collections.abc import Iterator

import pytest

from console.assist.talk import Talk
from console.conversation.assist_events import RepliesSuggested, SuggestionDecided
from console.conversation.assistance import Decision
from console.conversation.commands import Dismiss
from console.conversation.events import ConversationClaimed, Event, EventData, NewEvent
from console.desk import tastes as module
from console.desk.desk import Desk
from console.desk.tastes import MANY, WINDOW, Tastes, Turn, scarce
from tests.desks import ROBIN, Chair, Clock, arrive, state_when, suggest, suggestion, writes

TAKEN, OVER = Decision.ACCEPTED, Decision.OVERRIDDEN


def turn(**decided: Decision) -> Turn:
    """Return a turn with one reply of each of these kinds."""
    return Turn({f"s-{kind}": (kind, decision) for kind, decision in decided.items()})


def test_a_kind_is_scarce_once_eight_of_ten_turns_passed_it_over() -> None:
    """Not after seven; and it is told in words, with both figures."""
    few = [turn(past=TAKEN)] * 3 + [turn(past=OVER)] * (MANY - 1)
    assert scarce(few) == {}
    assert scarce([*few, turn(past=OVER)]) == {"past": "Fewer past replies (8 of 10 passed over)."}
    assert scarce([turn(past=OVER)] * MANY) == {"past": "Fewer past replies (8 of 8 passed over)."}


def test_it_comes_back_as_replies_are_taken() -> None:
    """Three of the last ten are enough."""
    passed = [turn(macro=Decision.DISMISSED)] * WINDOW
    assert "macro" in scarce([*passed, *[turn(macro=Decision.EDITED)] * 2])
    assert scarce([*passed, *[turn(macro=Decision.EDITED)] * 3]) == {}


def test_a_choice_between_kinds_says_nothing_of_the_one_that_was_not_taken() -> None:
    """Unless it was put away on purpose."""
    chosen = [turn(macro=TAKEN, past=Decision.IGNORED)] * WINDOW
    assert scarce(chosen) == {}
    assert set(scarce([turn(macro=TAKEN, past=Decision.DISMISSED)] * WINDOW)) == {"past"}


def offered(talk: Talk) -> Iterator[EventData]:
    """Suggest one macro at every turn, and say why fewer are shown."""
    reply = suggestion(f"reply to {talk.turn}", talk.turn)
    yield RepliesSuggested(talk.turn, (reply,), fewer=" ".join(talk.fewer.values()))


async def passed_over(desk: Desk, times: int) -> None:
    """Let Robin put away one reply after another."""
    for number in range(1, times + 1):
        state = await state_when(desk, lambda s, n=number: s.suggested_for == f"m{n}")  # type: ignore[misc]
        await suggest(desk, *state.suggestions, turn=f"m{number}")
        await desk.feedback.dismiss(ROBIN, "c1", Dismiss(state.suggestions[0].id))
        await writes(desk, f"and {number}?")


async def test_an_agent_who_passes_over_many_is_shown_fewer_until_they_ask_for_all(desk: Desk, chair: Chair) -> None:
    """The engine is told which kinds, and why; only of the agent who has the conversation."""
    chair.says = offered
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    await passed_over(desk, MANY)
    state = await state_when(desk, lambda s: s.suggested_for == f"m{MANY + 1}")
    assert state.fewer == "Fewer macros (8 of 8 passed over)."
    await desk.feedback.restore(ROBIN)
    await state_when(desk, lambda s: not s.fewer)


async def test_a_desk_that_starts_again_remembers(desk: Desk, chair: Chair, clock: Clock) -> None:
    """From the newest events of its log."""
    chair.says = offered
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    await passed_over(desk, MANY)
    again = Desk(desk.live.log, chair, now=clock)
    await again.live.start()
    await again.assistance.start()
    assert again.assistance._tastes
    assert set(again.assistance._tastes.fewer(ROBIN.id)) == {"macro"}


@pytest.mark.parametrize(("seconds", "counts"), [(2.0, False), (30.0, True)])
async def test_what_was_replaced_before_it_could_be_read_does_not_count(
    desk: Desk, chair: Chair, seconds: float, counts: bool
) -> None:
    """The customer's next message came at once."""
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    for number in range(MANY):
        name = suggestion(f"reply {number}", f"m{number}")
        left = SuggestionDecided(name.id, Decision.IGNORED, seconds=seconds)
        for data in (RepliesSuggested(f"m{number}", (name,)), left):
            await desk.live.record([NewEvent("c1", "assist", data, desk.now())])
    assert desk.assistance._tastes
    assert bool(desk.assistance._tastes.fewer(ROBIN.id)) is counts


async def test_the_quiet_can_be_turned_off(desk: Desk, chair: Chair, clock: Clock) -> None:
    """By a setting."""
    plain = Desk(desk.live.log, chair, now=clock, fewer=False)
    assert plain.assistance._tastes is None


def test_who_had_a_conversation_is_remembered_of_the_newest_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk that runs for a year must not hold a year's conversations."""
    monkeypatch.setattr(module, "OFFERS_KEPT", 3)
    tastes = Tastes()
    for number in range(1, 8):
        claimed = ConversationClaimed(ROBIN.id, ROBIN.name)
        tastes.apply(Event(number, f"c{number}", f"agent:{ROBIN.id}", claimed, Clock()(), "", ""))
    assert list(tastes._agents) == ["c5", "c6", "c7"]
