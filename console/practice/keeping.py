"""A practice session as it stands in the log, and back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from console.conversation.events import Event, MessageAdded
from console.conversation.message import Author
from console.conversation.practice_events import CustomerMoved, CustomerVoiced, Moved
from console.conversation.quality import Evidence
from console.conversation.state import fold
from console.practice.customer import Answer, Ending, State, at_first
from console.practice.effects import Cause, Effect
from console.practice.hearing import Heard
from console.practice.play import Played, Turn
from console.practice.scenario import Scenario


def moved_of(answer: Answer, said: Heard | None, heard: int, message: str) -> CustomerMoved:
    """Return what is logged of an answer; ``said`` is what was heard, ``None`` for silence."""
    state = answer.state
    return CustomerMoved(
        turn=state.turn,
        heard=heard,
        message=message,
        patience=state.patience,
        trust=state.trust,
        moved=tuple(Moved(e.cause, e.patience, e.trust, e.words, e.about) for e in answer.effects),
        told=tuple(sorted(state.told)),
        mistaken=tuple(sorted(state.mistaken)),
        settled=state.settled,
        ending=state.ending or "",
        silences=state.silences,
        counts=dict(state.counts),
        outside=answer.outside,
        offers=state.offers,
        held=tuple(sorted(state.held)),
        volunteered=tuple(sorted(state.volunteered)),
        says=answer.says,
        duties=tuple(Evidence(name, words) for name, words in (said.duties if said else {}).items()),
    )


def state_of(moved: CustomerMoved) -> State:
    """Return where the customer stood when that was logged."""
    return State(
        patience=moved.patience,
        trust=moved.trust,
        turn=moved.turn,
        told=frozenset(moved.told),
        mistaken=frozenset(moved.mistaken),
        offers=moved.offers,
        held=frozenset(moved.held),
        volunteered=frozenset(moved.volunteered),
        settled=moved.settled,
        ending=Ending(moved.ending) if moved.ending else None,
        silences=moved.silences,
        counts=Counter(moved.counts),
    )


def moves_of(history: Sequence[Event]) -> list[CustomerMoved]:
    """Return where the customer stood, one after the other."""
    return [event.data for event in history if isinstance(event.data, CustomerMoved)]


def said_since(history: Sequence[Event]) -> int:
    """Return how many messages of the customer's newest answer stand in the log; what is left of it is to be said."""
    newest = max((place for place, e in enumerate(history) if isinstance(e.data, CustomerMoved)), default=-1)
    return sum(isinstance(e.data, MessageAdded) and e.data.role is Author.CUSTOMER for e in history[newest + 1 :])


def in_own_words(history: Sequence[Event]) -> tuple[Event, ...]:
    """Return a session as it would stand in the log if no language model had worded anything in it."""
    found: list[Event] = []
    for event in history:
        before = found[-1] if found else event
        if isinstance(event.data, CustomerVoiced) and isinstance(before.data, MessageAdded):
            found[-1] = replace(before, data=replace(before.data, text=event.data.words))
        found.append(event)
    return tuple(found)


def played_of(history: Sequence[Event], scenario: Scenario, seed: int) -> Played:
    """Return a session as it stands in the log, for scoring and the debrief."""
    messages = tuple(fold(history[0].conversation, history).messages)
    state, turns = at_first(scenario), list[Turn]()
    for event in history:
        if isinstance(event.data, CustomerMoved):
            after = state_of(event.data)
            place = sum(message.seq < event.seq for message in messages)
            turns.append(_turn(event.data, place, state, after))
            state = after
    return Played(scenario, seed, state, messages, tuple(turns))


def heard_so_far(history: Sequence[Event]) -> int:
    """Return the number of the agent's newest message that the customer has heard; 0 where they heard none.

    It is looked up by the message: a session that takes up another one has numbers of its own.
    """
    heard = {event.data.message for event in history if isinstance(event.data, CustomerMoved)}
    messages = fold(history[0].conversation, history).messages
    return max((message.seq for message in messages if message.id in heard), default=0)


def _turn(moved: CustomerMoved, place: int, before: State, after: State) -> Turn:
    effects = tuple(Effect(Cause(m.cause), m.patience, m.trust, m.words, m.about) for m in moved.moved)
    heard = Heard(duties={one.message: one.words for one in moved.duties}) if moved.message else None
    return Turn(place, heard, Answer(after, (), effects, moved.outside), before, moved.message)
