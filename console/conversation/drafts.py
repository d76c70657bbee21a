"""Draft articles made from resolved conversations, as a fold of their events."""

from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal

from console.conversation import events as e
from console.conversation.draft_events import ArticleDrafted, DraftApproved, DraftEdited, DraftRejected, DraftReopened
from console.conversation.message import DraftLine


class DraftStatus(StrEnum):
    """Where a draft stands."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a conversation gives for an article: a title, and lines that each name the messages they came from."""

    title: str
    lines: tuple[DraftLine, ...]

    @property
    def text(self) -> str:
        """The article in Markdown without its title: the trouble, then the answer, in steps where there are several.

        Where nobody's answer could be taken over there is a blank that says so, and no more.
        """
        told = (line.text for line in self.lines if line.part == "problem" and line.text.rstrip(".") != self.title)
        problem = " ".join(text if text[-1:] in ".!?" else f"{text}." for text in told)
        missing = next((line for line in self.lines if line.part == "missing"), None)
        if missing is not None:
            return f"## What to do\n\n[{missing.text} Write the answer here.]"
        steps = [line.text for line in self.lines if line.part == "step"]
        answer = "\n".join(f"{n}. {step}" for n, step in enumerate(steps, 1)) if len(steps) > 1 else "".join(steps)
        return "\n\n".join(part for part in (problem, "## What to do", answer) if part)


def conversations_of(conversation: str, lines: Iterable[DraftLine]) -> tuple[str, ...]:
    """Return the conversations whose words stand in a draft, the one it was made from first."""
    return tuple(dict.fromkeys((conversation, *(line.conversation for line in lines if line.conversation))))


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """A draft article; it is in no index, and nobody but a lead can publish it."""

    id: str
    title: str
    text: str
    """Markdown. What stands in square brackets was a personal detail, and has to be filled in or taken out."""
    conversation: str
    lines: tuple[DraftLine, ...]
    """The lines as they were drafted, with the messages they came from."""
    by: str
    """Id of the member of staff who asked for it."""
    by_name: str
    at: datetime
    seq: int = 0
    """The number of its newest event: who edits or decides says which state they saw."""
    status: DraftStatus = DraftStatus.OPEN
    question: str = ""
    """The question of customers that it is to answer, if it was made for one."""
    decided_by: str = ""
    reason: str = ""
    """Why it was rejected."""
    file: str = ""
    """The article's file, once it is approved."""
    audience: str = ""
    digest: str = ""
    """SHA-256 of the file as it was published."""

    @property
    def conversations(self) -> tuple[str, ...]:
        """The conversations whose words stand in it, the one it was made from first."""
        return conversations_of(self.conversation, self.lines)


Audience = Literal["public", "internal"]


def apply(drafts: MutableMapping[str, ArticleDraft], event: e.Event) -> None:
    """Take an event into the drafts by id; one that is no draft's, or was taken in already, changes nothing."""
    data = event.data
    by = event.actor.removeprefix("agent:")
    if isinstance(data, ArticleDrafted):
        text = Drafted(data.title, data.lines).text
        made = ArticleDraft(data.draft, data.title, text, data.conversation, data.lines, by, data.name, event.at)
        if data.draft not in drafts:
            drafts[data.draft] = replace(made, seq=event.seq, question=data.question)
        return
    known = drafts.get(getattr(data, "draft", ""))
    if known is None or event.seq <= known.seq:
        return
    known = replace(known, seq=event.seq)
    match data:
        case DraftEdited(title=title, text=text):
            known = replace(known, title=title, text=text)
        case DraftApproved(file=file, audience=audience, name=name, digest=digest):
            known = replace(known, status=DraftStatus.APPROVED, file=file, audience=audience, decided_by=name)
            known = replace(known, digest=digest)
        case DraftRejected(reason=reason, name=name):
            known = replace(known, status=DraftStatus.REJECTED, reason=reason, decided_by=name)
        case DraftReopened():
            known = replace(known, status=DraftStatus.OPEN, file="", audience="", digest="", reason="", decided_by="")
        case _:
            return
    drafts[known.id] = known
