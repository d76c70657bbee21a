"""What a console asks of the desk at the boundary between the bot, assistance and people alone."""

from dataclasses import dataclass

from console.conversation.boundary import Verdict


@dataclass(frozen=True, slots=True)
class AllowAssistance:
    """Let assistance into a conversation that is reserved for people (leads), or take that back."""

    reason: str = ""
    """Why; needed to let it in."""
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class MarkBotAnswer:
    """Mark a message of the bot right or wrong, or take the mark back with an empty verdict."""

    message: str
    verdict: Verdict
    reason: str = ""
    """What is wrong; needed for a wrong one."""
