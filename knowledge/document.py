"""The values that pass through the engine: documents in, passages inside, hits out."""

from dataclasses import dataclass
from typing import Literal, get_args

Status = Literal["current", "retired"]
Audience = Literal["public", "internal"]

STATUSES: tuple[str, ...] = get_args(Status)
AUDIENCES: tuple[str, ...] = get_args(Audience)


@dataclass(frozen=True, slots=True)
class Document:
    """One article as it was loaded; `text` is already clean."""

    id: str
    """Path relative to the folder that was named, or the id that a .jsonl line gives. Unique within an index."""
    title: str
    text: str
    url: str = ""
    updated: str = ""
    """The date the author gave, as written; empty where there was none."""
    status: Status = "current"
    audience: Audience = "public"
    format: str = "text"
    """The markup of `text`: "markdown" or "text"."""
    origin: str = ""
    """Stands for the bytes that it was read from, so that they need not be read again; empty where that is unknown."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A document whose bytes are as they were when it was indexed; it was not read again."""

    id: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document small enough to embed: `text == document.text[start:end]`."""

    document: str
    ordinal: int
    """Position among the document's passages, from 0."""
    headings: tuple[str, ...]
    """The headings above the passage, outermost first, without the title."""
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that answers a query, with its best passage."""

    document: str
    title: str
    passage: str
    score: float
    """Relevance, -1 to 1: the hyperbolic tangent of the cosine of query and passage, raised by the asked words that the
    passage holds and by its title where that was named."""
    start: int
    end: int
    headings: tuple[str, ...]
    status: Status
    audience: Audience
    url: str
    updated: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or line that was left out, and why; the rest was loaded."""

    where: str
    """The path, or path:line for a line of a .jsonl file."""
    reason: str
    stays: str = ""
    """The id, or for a folder the beginning of the ids, of documents that could not be looked at: an index keeps what
    it has of them."""

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"
