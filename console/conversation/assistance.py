"""What the second chair says: every type the assist engine yields and the console shows.

No source, no claim: each line carries what it rests on. The JSON shapes are those of the ``assist`` command.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from console.conversation.message import Layer


class SummaryKind(StrEnum):
    """What a summary line tells; the order is the order on the screen."""

    ISSUE = "issue"
    WANTS = "wants"
    TRIED = "tried"
    PROMISED = "promised"
    FACT = "fact"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line of the summary with the ids of the messages it was taken from (at least one)."""

    kind: SummaryKind
    text: str
    sources: tuple[str, ...]
    corrected: str = ""
    """The name of whoever put it right; empty where it stands as the second chair said it."""
    said: str = ""
    """What the second chair said, where it was corrected."""


class SourceType(StrEnum):
    """Where a reply comes from."""

    ARTICLE = "article"
    POLICY = "policy"
    BEHAVIOUR = "behaviour"
    MACRO = "macro"
    PAST = "past"
    MESSAGE = "message"
    """A message of the conversation itself, by its id."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The source of a reply: which one, and the passage of it that the reply rests on."""

    type: SourceType
    id: str
    passage: str
    title: str = ""


class Support(StrEnum):
    """How much of a reply its sources say."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A reply the agent may take; ``score``, 0 to 1, says how sure the engine is of it.

    Those of one turn come best first: by score, or by what a ranker has learned from decisions.
    """

    id: str
    text: str
    kind: str
    score: float
    support: Support
    sources: tuple[Citation, ...]
    claims: bool = False
    """Whether it says that something has been done: true only once the agent has done it."""
    unsupported: tuple[str, ...] = ()
    """The sentences of ``text`` that no source says, as they stand in it."""
    near: float = 0.0
    """Cosine with what the customer wrote last; 0 where it was not looked at."""
    repeats: float = 0.0
    """Highest cosine with what agents have sent in this conversation."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A reply that was found for a turn and not shown; its text is not kept."""

    source: str
    """``macro:ID`` and so on: the first that it rests on."""
    score: float
    why: str
    """In words: others are better, a policy blocks it, too unsure."""


@dataclass(frozen=True, slots=True)
class StepTaken:
    """What was done in some of the similar past conversations, and in how many of those the matter was resolved."""

    text: str
    cases: int
    resolved: int


@dataclass(frozen=True, slots=True)
class NextStep:
    """What was mostly done in past conversations like this one; counts, never a forecast."""

    step: StepTaken
    similar: int
    """Past conversations like this one, those that ended otherwise among them."""
    sources: tuple[Citation, ...]
    """The conversations in which the step was taken, the most similar first."""


@dataclass(frozen=True, slots=True)
class KnowledgeHit:
    """An article that bears on the customer's question, with its best passage and where that stands in it."""

    document: str
    title: str
    passage: str
    score: float
    start: int = 0
    end: int = 0
    status: str = "current"
    audience: str = "public"
    updated: str = ""


class Severity(StrEnum):
    """How much a flag weighs: a warning needs a reason to pass, a block needs a lead."""

    INFO = "info"
    WARN = "warn"
    BLOCK = "block"


ESCALATION_RISK: Final = "escalation-risk"
"""The policy of the flag that warns before a customer asks for a manager."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A policy or safety matter, with the words that triggered it and the clause it comes from."""

    id: str
    policy: str
    severity: Severity
    message: str
    """Id of the message, or ``draft`` for the agent's own text."""
    span: str
    """The words that triggered it, as written."""
    advice: str
    title: str = ""
    clause: str = ""
    matter: str = ""
    """What of the policy it is about, where that watches for several things: one flag stands for each."""


@dataclass(frozen=True, slots=True)
class Mood:
    """How the customer feels at a turn: ``score`` from -1 (furious) to 1 (delighted), ``escalation_risk`` 0 to 1."""

    score: float
    label: str
    trend: Literal["rising", "steady", "falling"]
    escalation_risk: float
    words: tuple[str, ...] = ()
    """The customer's words that it was read from."""
    reasons: tuple[str, ...] = ()
    """Why it may escalate, in words for the agent; empty where the risk is low."""


@dataclass(frozen=True, slots=True)
class Routing:
    """The layer and tier a conversation belongs to, and why."""

    intent: str
    layer: Layer
    tier: int
    reasons: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    stakes: str = ""
    """``low``, ``medium`` or ``high``: what is lost when it goes wrong; empty where no behaviour says."""


class Decision(StrEnum):
    """What became of a suggestion."""

    ACCEPTED = "accepted"
    EDITED = "edited"
    OVERRIDDEN = "overridden"
    DISMISSED = "dismissed"
    IGNORED = "ignored"


A_LOOK: Final = 10.0
"""Seconds that a reply must have stood on the screen to count as passed over, where newer ones replaced it."""


def suggestion_id(turn: str, kind: str, text: str) -> str:
    """Return the stable id of a suggestion within its conversation: the same one shown again keeps its id."""
    return "s-" + _digest(turn, kind, text)


def flag_id(policy: str, message: str, span: str) -> str:
    """Return the stable id of a flag within its conversation, so that a dismissed one stays dismissed."""
    return "f-" + _digest(policy, message, span)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:10]
