"""Gaps that a lead has put aside: a pure fold of events."""

from collections.abc import Iterable, Sequence

from console.conversation import events as e
from console.conversation.gap_events import GapBroughtBack, GapPutAside
from console.conversation.upkeep import Aside
from console.review.questions import Question


def asides_of(history: Iterable[e.Event]) -> dict[str, Aside]:
    """Return what holds of each gap that was put aside, by the question that stood for it."""
    found: dict[str, Aside] = {}
    for event in history:
        match event.data:
            case GapPutAside(question=question, last=last, name=name):
                found[question] = Aside(name or event.actor.removeprefix("agent:"), event.at, last)
            case GapBroughtBack(question=question):
                found.pop(question, None)
            case _:
                pass
    return found


def asked_again(aside: Aside, asked: Sequence[Question]) -> bool:
    """Return whether a customer has asked since; what staff look up does not bring a gap back."""
    return any(not question.agent and question.at > aside.last for question in asked)
