"""The events of assistance: what the second chair said, and what became of it.

Part of :data:`console.conversation.events.EventData`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.conversation.assistance import (
    Decision,
    Flag,
    KnowledgeHit,
    Mood,
    NextStep,
    PassedOver,
    Suggestion,
    SummaryKind,
    SummaryLine,
)


@dataclass(frozen=True, slots=True)
class SummaryUpdated:
    """The summary as of a message."""

    turn: str
    lines: tuple[SummaryLine, ...]
    ms: float = 0.0
    engine: str = ""
    """Who wrote the lines: ``llm`` a language model, in which case there are lines of some kinds only."""


@dataclass(frozen=True, slots=True)
class SummaryCorrected:
    """A person put a line of the summary right."""

    line: SummaryKind
    sources: tuple[str, ...]
    before: str
    """What the second chair said; with ``line`` and ``sources`` it names the line."""
    text: str
    """What holds instead: empty takes the line out, ``before`` restores it."""
    by: str = ""
    """The person's name."""


@dataclass(frozen=True, slots=True)
class RepliesSuggested:
    """The suggested replies as of a message, best first; empty where nothing is supported."""

    turn: str
    suggestions: tuple[Suggestion, ...]
    ms: float = 0.0
    engine: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Versions of the published content that the suggestions were made from."""
    fewer: str = ""
    """Why fewer are shown than there were, in words for the agent; empty where all are."""
    passed_over: tuple[PassedOver, ...] = ()
    """The best of what was found and is not shown, with why."""


@dataclass(frozen=True, slots=True)
class NextStepProposed:
    """What was done in similar past conversations, as of a message; ``None`` where too few are alike or agree."""

    turn: str
    step: NextStep | None
    ms: float = 0.0


@dataclass(frozen=True, slots=True)
class KnowledgeFound:
    """The articles that bear on a message, best first."""

    turn: str
    hits: tuple[KnowledgeHit, ...]
    ms: float = 0.0


@dataclass(frozen=True, slots=True)
class QuestionUnanswered:
    """No article answers a question: the customer's own (by ``assist``), or what somebody looked up by hand."""

    question: str
    """Personal details in it are slots, such as ``{order.number}``."""
    turn: str = ""
    """The customer's message; empty for a look-up."""
    nearest: str = ""
    """Id of the article that came nearest, empty where there was none; with its title and score."""
    title: str = ""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class FlagsRaised:
    """Flags that a message raised, in addition to those standing."""

    turn: str
    flags: tuple[Flag, ...]
    ms: float = 0.0


@dataclass(frozen=True, slots=True)
class MoodRead:
    """The customer's mood as of a message."""

    turn: str
    mood: Mood
    ms: float = 0.0


@dataclass(frozen=True, slots=True)
class AssistanceWithheld:
    """No assistance for this turn, and why, in words for the agent (other language, human-only, model missing)."""

    turn: str
    reason: str


@dataclass(frozen=True, slots=True)
class LlmCalled:
    """A language model was asked, and what came of it. Neither what was asked nor what it wrote stands here."""

    purpose: str
    """``draft``, ``summary``, ``rewrite`` or ``quality``."""
    model: str
    outcome: str
    """``used``; ``dropped`` by the checks; ``given-up`` because something newer came; else why there was no answer."""
    turn: str = ""
    first_ms: float = 0.0
    """Milliseconds to the first text; 0 where none came."""
    ms: float = 0.0
    """Milliseconds until the answer was there and checked, or the call was over."""
    tokens_in: int = 0
    tokens_out: int = 0
    """Tokens as the server counts them; 0 where it did not say."""
    cost: float = 0.0
    """By the prices in the settings; 0 where there are none."""


@dataclass(frozen=True, slots=True)
class AssistanceHidden:
    """The agent hid assistance for this conversation, or let it be shown again; routing and flags go on."""

    hidden: bool


@dataclass(frozen=True, slots=True)
class RepliesRestored:
    """An agent who is shown fewer replies, because they passed over many, asks for all of them again."""

    agent: str


@dataclass(frozen=True, slots=True)
class SuggestionsShown:
    """The suggestions stood on the agent's screen."""

    turn: str
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SuggestionDecided:
    """What the agent did with a suggestion."""

    suggestion: str
    decision: Decision
    final_text: str = ""
    edit_distance: int = 0
    """Levenshtein distance in characters between the suggestion and what was sent."""
    seconds: float = 0.0
    """From shown to decided."""
    reason: str = ""
    ranker: str = ""
    """Version of the ranker that put it where it stood; empty where none did."""


@dataclass(frozen=True, slots=True)
class SuggestionRated:
    """The agent's mark for a suggestion."""

    suggestion: str
    thumb: int = 0
    """1 up, -1 down, 0 none."""
    stars: int = 0
    """1 to 5, 0 none."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FlagDismissed:
    """The agent judged that a flag does not apply; it stays dismissed in this conversation."""

    flag: str
    policy: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WarningPassed:
    """The agent sent a text in spite of a warning, and wrote why."""

    flag: str
    policy: str
    reason: str
    text: str = ""
    override: bool = False
    """Whether it was a policy that blocks, and a lead who sent their own text against it."""
