"""The events of draft articles; part of :data:`console.conversation.events.EventData`."""

from dataclasses import dataclass

from console.conversation.message import DraftLine


@dataclass(frozen=True, slots=True)
class ArticleDrafted:
    """An article was drafted from a resolved conversation; it is for people to edit, and to publish or not."""

    draft: str
    conversation: str
    title: str
    lines: tuple[DraftLine, ...]
    name: str = ""
    """Name of the member of staff who asked for it."""
    question: str = ""


@dataclass(frozen=True, slots=True)
class DraftEdited:
    """Somebody changed a draft article."""

    draft: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class DraftApproved:
    """A lead published a draft article as a file of the content."""

    draft: str
    file: str
    audience: str
    digest: str
    """SHA-256 of the file as it was written."""
    name: str = ""


@dataclass(frozen=True, slots=True)
class DraftRejected:
    """A lead decided against a draft article."""

    draft: str
    reason: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class DraftReopened:
    """A lead took a decision on a draft article back."""

    draft: str
