"""When a conversation should have been given to people, as a lead sees it."""

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Input

from console.conversation.escalation_commands import JudgeEscalation
from console.conversation.escalations import Escalation, Timing
from console.terminal.screens.dialog import words
from console.terminal.screens.told_dialog import ToldDialog
from console.terminal.widgets.choice import Choice, Choices


class TimingDialog(ToldDialog[JudgeEscalation]):
    """Returns the judgement, or ``None``."""

    HEADING = "Did people come at the right moment?"
    CONFIRM = "Judge"

    def __init__(self, case: Escalation) -> None:
        super().__init__()
        self._case = case

    def body(self) -> Iterable[Widget]:
        """Return what the rule says and what was written, the timings, and a line for the reason."""
        yield words(f"By rule: {self._case.by_rule.said}. {self._case.words}", "-quote -gap")
        seen = ((one.message, f"{one.words}: “{one.quote}”" if one.quote else one.words) for one in self._case.evidence)
        yield self.told(seen)
        choices = (
            Choice(timing.said, value=timing is self._case.timing, id=f"timing-{timing.value}") for timing in Timing
        )
        yield Choices(*choices, id="timing", classes="-close", compact=True)
        why = "Why (needed where you judge otherwise than the rule)"
        yield Input(self._case.judged_why, placeholder=why, id="reason", max_length=500, compact=True)

    def answer(self) -> JudgeEscalation:
        """Return the judgement."""
        chosen = self.query_one("#timing", Choices).pressed_button
        if chosen is None:
            raise ValueError("Choose a moment (arrow keys, Space).")
        timing = Timing(str(chosen.id).removeprefix("timing-"))
        reason = self.query_one("#reason", Input).value.strip()
        if timing is not self._case.by_rule and not reason:
            raise ValueError("Write in a few words why you judge otherwise than the rule.")
        return JudgeEscalation(self._case.conversation, timing, reason)
