"""The knowledge base as the desk keeps it up: what it lacks, drafts for it, and where approved articles go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from console.assist.ports import Vectors
from console.content.conversations import Transcript
from console.conversation.drafts import Audience, Drafted
from console.conversation.events import Event
from console.conversation.upkeep import Contradiction, Gaps
from console.past.gathering import AskedOnce


class Librarian(Protocol):
    """Looks over the knowledge base. Calls block and compute; the desk runs them in worker threads."""

    @property
    def progress(self) -> str:
        """How far a look at the gaps has come, in words; does not block."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row a text: its meaning."""

    def gaps(self, history: Sequence[Event], now: datetime) -> Gaps:
        """Return what was asked in vain, as far as no article answers it by now."""

    def was_asked(self, history: Sequence[Event], question: str) -> bool:
        """Return whether somebody has asked a question in vain, in these very words."""

    def contradictions(self) -> tuple[Contradiction, ...]:
        """Return the articles that contradict each other."""

    def draft(self, transcript: Transcript, turn: str, question: str) -> Drafted | None:
        """Return an article drafted from a conversation; ``None`` where nothing of it can be quoted."""

    def gather(self, asked: Sequence[AskedOnce], question: str, times: int) -> Drafted:
        """Return an article for a question, of the best answers; with a blank where none is good enough."""


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article as a person approved it."""

    title: str
    text: str
    """Markdown."""
    audience: Audience
    updated: str
    """An ISO day."""
    source: str
    """Where it came from, in a line."""


class Unpublishable(Exception):
    """The article cannot be published as it is; the message says why, in words for who approves it."""


class Shelf(Protocol):
    """Where published articles lie. Calls block."""

    def put(self, article: NewArticle) -> tuple[str, str]:
        """Publish an article; return its file's name and digest. Raises :class:`Unpublishable`, ``OSError``."""

    def take_back(self, file: str, digest: str) -> None:
        """Remove an article that is still as it was published; one that is gone is fine.

        Raises :class:`Unpublishable` where it was changed since, ``OSError`` where it cannot be removed.
        """
