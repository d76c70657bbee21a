"""What the events of quality review make of a conversation."""

from typing import TYPE_CHECKING

from console.conversation.quality import Given, Mark
from console.conversation.quality_events import QualityMarked, QualityScored

if TYPE_CHECKING:
    from console.conversation.state import Conversation


def take(conversation: "Conversation", data: object) -> None:
    """Let a conversation take in an event of these; any other changes nothing."""
    match data:
        case QualityScored(marks=marks):
            people = {name: given for name, given in conversation.quality.items() if given.by}
            engine = {one.criterion: Given(one.mark, one.reason, engine=one.mark, title=one.title) for one in marks}
            kept = {name: _over(given, engine.get(name)) for name, given in people.items()}
            conversation.quality = engine | kept
        case QualityMarked(criterion=name, mark=mark, reason=reason, by=by):
            before = conversation.quality.get(name, Given(Mark.CANNOT_BE_TOLD))
            if mark is not None:
                given = Given(mark, reason, by or "a person", before.engine, before.title)
            else:
                given = Given(before.engine or Mark.CANNOT_BE_TOLD, engine=before.engine, title=before.title)
            conversation.quality = {**conversation.quality, name: given}
        case _:
            pass


def _over(person: Given, engine: Given | None) -> Given:
    """Return a person's mark over a newer one of the engine's."""
    title = (engine.title if engine else "") or person.title
    return Given(person.mark, person.reason, person.by, engine.engine if engine else None, title)
