"""The part of the desk's interface that the review of escalations needs."""

from typing import Protocol

from console.conversation.escalation_commands import ChangeThreshold, JudgeEscalation, ThresholdNow, Trials
from console.conversation.escalations import Cases, Escalations, Part, Timing


class EscalationDesk(Protocol):
    """These calls of the desk's interface, for leads. All raise :class:`~console.terminal.errors.DeskError`."""

    async def escalations(self, weeks: int) -> Escalations:
        """Return where hand-overs came at the wrong moment, or how far the look is."""

    async def escalation_cases(self, weeks: int, part: Part, name: str, timing: Timing | None) -> Cases:
        """Return what is behind a pattern."""

    async def judge_escalation(self, weeks: int, body: JudgeEscalation) -> None:
        """Judge when a conversation was given to people."""

    async def threshold_trials(self, weeks: int, behaviour: str) -> Trials:
        """Return what other thresholds of a behaviour would have done, or how far the replay is."""

    async def change_threshold(self, body: ChangeThreshold) -> ThresholdNow:
        """Put a behaviour with another threshold in force."""

    async def restore_threshold(self, change: str) -> ThresholdNow:
        """Take such a change back."""
