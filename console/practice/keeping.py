"""A simulated customer's state as it stands in the log, and back."""

from collections import Counter

from console.conversation.practice_events import CustomerMoved, Moved
from console.conversation.quality import Evidence
from console.practice.customer import Answer, Ending, State
from console.practice.hearing import Heard


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
        settled=moved.settled,
        ending=Ending(moved.ending) if moved.ending else None,
        silences=moved.silences,
        counts=Counter(moved.counts),
    )
