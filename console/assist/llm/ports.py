"""A large language model as the desk needs it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol


class Purpose(StrEnum):
    """What a model is asked for."""

    DRAFT = "draft"
    SUMMARY = "summary"
    REWRITE = "rewrite"
    QUALITY = "quality"
    """A second opinion on the quality of a closed conversation."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked: its task, and the material, in which nothing is an instruction."""

    purpose: Purpose
    task: str
    material: str
    most_tokens: int
    """Tokens it may write."""
    schema: Mapping[str, Any] | None = field(default=None, repr=False)
    """JSON schema of the answer; ``None`` where it is plain text."""


@dataclass(frozen=True, slots=True)
class Written:
    """A whole answer."""

    text: str
    tokens_in: int = 0
    """Tokens read, as the server counts them; 0 where it does not say."""
    tokens_out: int = 0
    first_ms: float = 0.0
    """Milliseconds to the first text."""
    ms: float = 0.0
    """Milliseconds in all."""


class Trouble(StrEnum):
    """Why there is no answer."""

    LATE = "late"
    """The deadline passed."""
    UNREACHABLE = "unreachable"
    """No connection, or it broke before the answer began."""
    BUSY = "busy"
    """The server has no room (429, 503)."""
    REFUSED = "refused"
    """The server does not take the request (another 4xx, a redirect)."""
    FAILED = "failed"
    """The server failed (5xx), or said so in the middle."""
    GARBLED = "garbled"
    """What came is no answer of an OpenAI-compatible server."""
    CUT = "cut"
    """The answer broke off, or was longer than allowed."""
    RESTING = "resting"
    """It failed too often and is left alone for a while."""


class ModelTrouble(Exception):
    """There is no answer; ``why`` for programs, the message for the server's log. Holds nothing that was sent."""

    def __init__(self, why: Trouble, message: str, *, again_after: float = 0.0) -> None:
        super().__init__(message)
        self.why = why
        self.again_after = again_after
        """Seconds after which the server wants to be asked again; 0 where it does not say."""


class LanguageModel(Protocol):
    """Writes text."""

    @property
    def name(self) -> str:
        """What the server calls the model."""

    async def close(self) -> None:
        """Let go of the connections."""

    async def write(self, prompt: Prompt, seconds: float, heard: Callable[[str], None]) -> Written:
        """Return the whole answer within ``seconds``; raises :class:`ModelTrouble` where there is none.

        ``heard`` is told the text so far, each time more of it is there; it must not block. Cancelling ends the call.
        """
