"""The wrap-up of a conversation: what the agent leaves behind when they close it, and what was proposed for it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

MOST_FOLLOW_UPS: Final = 40
"""Follow-ups of a wrap-up; whoever has more to do has another matter."""

MOST_FIELDS: Final = 40
"""Fields of the form."""


class FollowUpKind(StrEnum):
    """Where a follow-up comes from."""

    PROMISE = "promise"
    QUESTION = "question"
    OWN = "own"
    """The agent wrote it."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something that is still to be done for the customer, or was."""

    id: str
    """Of its wrap-up's own; the same from one wrap-up of a conversation to the next."""
    text: str
    kind: FollowUpKind = FollowUpKind.OWN
    by: str = ""
    """Who promised it, by name, or ``bot``; empty for the others."""
    message: str = ""
    """The message that says it; empty for an agent's own."""
    when: str = ""
    """The words in which the message names a time; empty where it names none."""
    due: str = ""
    """The day until which it is to be done, as an ISO date; empty where none is set."""
    done: bool = False


@dataclass(frozen=True, slots=True)
class FilledField:
    """A field of the form, with the messages that say its value; none where somebody wrote it by hand."""

    name: str
    value: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WrapUp:
    """A wrap-up as an agent confirmed it."""

    note: str = ""
    disposition: str = ""
    resolved: bool = False
    fields: tuple[FilledField, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()

    @property
    def to_do(self) -> tuple[FollowUp, ...]:
        """The follow-ups that are still to do."""
        return tuple(f for f in self.follow_ups if not f.done)


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A sentence of a proposed note, with the messages that it rests on; none where it stood in an earlier note."""

    text: str
    sources: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The sentence with its sources behind it."""
        return f"{self.text} ({', '.join(self.sources)})" if self.sources else self.text


@dataclass(frozen=True, slots=True)
class WrapUpProposal:
    """What the second chair proposes, as of message ``turn``; every part may be empty."""

    turn: str = ""
    note: tuple[NoteLine, ...] = ()
    disposition: str = ""
    usual: tuple[str, ...] = ()
    """Dispositions that past conversations of this kind ended with, the likeliest first."""
    resolved: bool | None = None
    """``None`` where nothing in the conversation tells."""
    resolved_source: str = ""
    """The message that tells."""
    fields: tuple[FilledField, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    again: bool = False
    """Whether it begins with the wrap-up of an earlier closing."""
    silent: str = ""
    """Why nothing was read from the conversation, in words for the agent; empty where it was."""

    @property
    def note_text(self) -> str:
        """The note as one text."""
        return " ".join(line.shown for line in self.note)


class WrapUpPart(StrEnum):
    """What of a wrap-up a line was proposed for."""

    NOTE = "note"
    DISPOSITION = "disposition"
    RESOLVED = "resolved"
    FIELD = "field"
    FOLLOW_UP = "follow-up"


class LineFate(StrEnum):
    """What became of a proposed line."""

    KEPT = "kept"
    EDITED = "edited"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """A line that was proposed, by what it is called or says, and what became of it."""

    part: WrapUpPart
    line: str
    fate: LineFate


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A wrap-up of a conversation, with who closed it when, behind message ``after`` (or before any)."""

    wrap_up: WrapUp
    agent: str
    name: str
    at: datetime
    after: str = ""

    def ticked(self, follow_up: str, *, done: bool) -> "Wrapped":
        """Return it with a follow-up done, or to do again; one that it does not have changes nothing."""
        found = tuple(replace(f, done=done) if f.id == follow_up else f for f in self.wrap_up.follow_ups)
        return replace(self, wrap_up=replace(self.wrap_up, follow_ups=found))

    def owner(self, follow_up: FollowUp) -> str:
        """Return the name of whose it is to do: the colleague who promised it, else who closed the conversation."""
        promised = follow_up.kind is FollowUpKind.PROMISE and follow_up.by not in {"", "bot"}
        return follow_up.by if promised else self.name

    @property
    def words(self) -> str:
        """What stands in the transcript, in a line or a few."""
        closed = self.wrap_up
        parts = [f"Closed by {self.name}: {closed.disposition}, {'resolved' if closed.resolved else 'not resolved'}."]
        parts += [closed.note] if closed.note else []
        parts += [f"{f.name}: {f.value}." for f in closed.fields if f.value]
        parts += [f"{'Done' if f.done else 'To do'}: {follow_up_words(f)}." for f in closed.follow_ups]
        return "\n".join(parts)


def follow_up_words(follow_up: FollowUp) -> str:
    """Return a follow-up in a line: who said what, in which message, until when."""
    said = f"{follow_up.by}: “{follow_up.text}”" if follow_up.by else follow_up.text
    said += f" {follow_up.message}" if follow_up.message else ""
    return f"{said}, due {follow_up.due}" if follow_up.due else said


@dataclass(frozen=True, slots=True)
class OpenFollowUp:
    """A follow-up that is still to do, on the list of whom it is for."""

    conversation: str
    customer: str
    """The name that is shown."""
    follow_up: FollowUp
    owner: str
    at: datetime
    """When the conversation was closed."""

    def due_by(self, today: date) -> bool:
        """Return whether it is to be done today, or its day is over."""
        return bool(self.follow_up.due) and self.follow_up.due <= today.isoformat()

    def late(self, today: date) -> bool:
        """Return whether its day is over."""
        return bool(self.follow_up.due) and self.follow_up.due < today.isoformat()


def by_due(found: list[OpenFollowUp]) -> tuple[OpenFollowUp, ...]:
    """Return what is to do in its order: what is due first, then what has no day, the oldest first."""
    return tuple(sorted(found, key=lambda one: (one.follow_up.due or "9999", one.at, one.follow_up.id)))
