"""What the events of quality review make of a conversation."""

from dataclasses import replace
from typing import TYPE_CHECKING

from console.conversation.quality import Given, Mark, Marker, Opinion
from console.conversation.quality_events import QualityMarked, QualityScored

if TYPE_CHECKING:
    from console.conversation.state import Conversation


def take(conversation: "Conversation", data: object) -> None:
    """Let a conversation take in an event of these; any other changes nothing."""
    match data:
        case QualityScored(by=Marker.MODEL):
            _second(conversation, data)
        case QualityScored(marks=marks):
            people = {name: given for name, given in conversation.quality.items() if given.by}
            engine = {one.criterion: Given(one.mark, one.reason, engine=one.mark, title=one.title) for one in marks}
            kept = {name: _over(given, engine.get(name)) for name, given in people.items()}
            conversation.quality = engine | kept
        case QualityMarked(criterion=name, mark=mark, reason=reason, by=by):
            before = conversation.quality.get(name, Given(Mark.CANNOT_BE_TOLD))
            if mark is not None:
                given = replace(before, mark=mark, reason=reason, by=by or "a person")
            else:
                given = replace(before, mark=before.engine or Mark.CANNOT_BE_TOLD, reason="", by="")
            conversation.quality = {**conversation.quality, name: given}
        case _:
            pass


def _over(person: Given, engine: Given | None) -> Given:
    """Return a person's mark over a newer one of the engine's."""
    title = (engine.title if engine else "") or person.title
    return Given(person.mark, person.reason, person.by, engine.engine if engine else None, title)


def _second(conversation: "Conversation", scored: QualityScored) -> None:
    """Put a language model's opinion beside the marks that hold; what it has none of loses an earlier one."""
    said = {one.criterion: Opinion(one.mark, one.reason, one.evidence, scored.engine) for one in scored.marks}
    conversation.quality = {
        name: replace(given, opinion=said.get(name)) for name, given in conversation.quality.items()
    }
