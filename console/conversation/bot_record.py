"""What the bot did in a conversation, as the fold of its events."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from console.conversation.assistance import Citation
from console.conversation.bot_events import BotDecided, Outcome, ToolCalled


@dataclass(frozen=True, slots=True)
class Called:
    """A call of a tool, and the system message that holds its answer."""

    call: ToolCalled
    message: str


@dataclass(frozen=True, slots=True)
class BotRecord:
    """Everything the bot decided and called, in order."""

    decisions: tuple[BotDecided, ...] = ()
    calls: tuple[Called, ...] = ()
    cited: Mapping[str, tuple[Citation, ...]] = field(default_factory=dict)
    """What the bot's messages rest on, by message id."""

    @property
    def last(self) -> BotDecided | None:
        """The newest decision."""
        return self.decisions[-1] if self.decisions else None

    @property
    def failed(self) -> int:
        """How many turns brought the customer no further."""
        return sum(decision.failed for decision in self.decisions)

    @property
    def errand(self) -> str:
        """The tool that the newest decisions lead to; empty before the first."""
        return next((decision.errand for decision in reversed(self.decisions) if decision.errand), "")

    def answered(self, decision: BotDecided) -> bool:
        """Return whether the tool that a decision uses has answered for its turn."""
        return any((c.call.turn, c.call.tool) == (decision.turn, decision.tool) for c in self.calls)

    def missed(self, tool: str) -> int:
        """Return how often a tool knew nothing of what it was asked."""
        return sum(c.call.tool == tool and c.call.outcome is Outcome.NOT_FOUND for c in self.calls)


def after(record: BotRecord, data: BotDecided | ToolCalled, message: str) -> BotRecord:
    """Return the record after another event; ``message`` is the newest message, which holds a call's answer."""
    if isinstance(data, BotDecided):
        return replace(record, decisions=(*record.decisions, data))
    return replace(record, calls=(*record.calls, Called(data, message)))


def citing(record: BotRecord, message: str, sources: tuple[Citation, ...]) -> BotRecord:
    """Return the record after a message that rests on these sources; most messages rest on none."""
    return replace(record, cited={**record.cited, message: sources}) if sources else record
