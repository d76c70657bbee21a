"""What a desk's queue goes by, from the settings and the content."""

from console.content.library import Library
from console.conversation.queue_rules import QueueRules
from console.conversation.service_levels import Targets
from console.desk.channels.webchat import NAME
from console.settings import Settings


def queue_rules(settings: Settings, library: Library) -> QueueRules:
    """Return the rules."""
    chosen = settings.queue
    return QueueRules(
        targets=Targets(chosen.first_answer, chosen.next_answer),
        capacity=chosen.capacity,
        gone_after=chosen.gone_after,
        told_on=frozenset({NAME}) if chosen.tell_place else frozenset(),
        members={member.name.casefold(): member for member in library.team},
        hours=library.hours,
        skills=frozenset(library.skills).union(*(behaviour.skills for behaviour in library.behaviours)),
    )
