"""What people decide at the boundary between the bot, assistance and people alone.

Part of :data:`console.conversation.events.EventData`.
"""

from dataclasses import dataclass

from console.conversation.boundary import Verdict


@dataclass(frozen=True, slots=True)
class AssistanceAllowed:
    """A lead let assistance into a conversation that is reserved for people, or somebody took that back."""

    intent: str
    """The intent that reserved it."""
    by: str
    """The person's name."""
    reason: str = ""
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class BotAnswerMarked:
    """Somebody marked a message of the bot; a later mark replaces an earlier one, an empty verdict takes it back."""

    message: str
    verdict: Verdict
    by: str
    """The person's name."""
    reason: str = ""
