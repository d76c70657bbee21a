"""Whether what the second chair said was right, as a lead sees it."""

from collections.abc import Iterable
from typing import Final

from textual.widget import Widget
from textual.widgets import Input

from console.conversation.review_commands import Judge
from console.conversation.reviews import Exchange, Judgement, ReviewQueue
from console.terminal.screens.dialog import Dialog, words
from console.terminal.screens.verdicts import given
from console.terminal.widgets.choice import Choice, Choices

_VERDICTS: Final = {Judgement.RIGHT: "Right", Judgement.WRONG: "Wrong", Judgement.UNCLEAR: "Unclear"}


class JudgingDialog(Dialog[Judge]):
    """Returns the judgement, or ``None``."""

    HEADING = "Was the second chair right?"
    CONFIRM = "Judge"

    def __init__(self, exchange: Exchange, queue: ReviewQueue | None) -> None:
        """``queue`` is the one that it is judged from."""
        super().__init__()
        self._exchange, self._queue = exchange, queue

    def body(self) -> Iterable[Widget]:
        """Return what was said and sent, the verdicts, and a line for the reason."""
        yield words("It flagged" if self._exchange.is_flag else "It suggested", "-label")
        yield words(self._exchange.text, "-quote -gap")
        if self._exchange.sent and self._exchange.sent != self._exchange.text:
            yield words("The agent sent", "-label")
            yield words(self._exchange.sent, "-quote -gap")
        standing = self._exchange.judged
        choices = (
            Choice(name, value=standing is not None and standing.verdict is verdict, id=f"verdict-{verdict.value}")
            for verdict, name in _VERDICTS.items()
        )
        yield Choices(*choices, id="verdict", classes="-close", compact=True)
        reason = standing.reason if standing else ""
        yield Input(reason, placeholder="Why (needed for wrong)", id="reason", max_length=500, compact=True)

    def answer(self) -> Judge:
        """Return the judgement."""
        verdicts = {f"verdict-{verdict.value}": verdict for verdict in _VERDICTS}
        verdict, reason = given(self, verdicts, Judgement.WRONG)
        one = self._exchange
        return Judge(one.conversation, one.subject, verdict, reason, self._queue, one.is_flag)
