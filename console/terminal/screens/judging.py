"""Whether what the second chair said was right, as a lead sees it."""

from collections.abc import Iterable, Iterator
from typing import Final

from textual.widget import Widget
from textual.widgets import Input

from console.conversation.review_commands import Judge
from console.conversation.reviews import PROMISE, Exchange, Judgement, ReviewQueue
from console.terminal.screens.told_dialog import ToldDialog
from console.terminal.screens.verdicts import given
from console.terminal.widgets.choice import Choice, Choices

_VERDICTS: Final = {Judgement.RIGHT: "Right", Judgement.WRONG: "Wrong", Judgement.UNCLEAR: "Unclear"}


class JudgingDialog(ToldDialog[Judge]):
    """Returns the judgement, or ``None``."""

    HEADING = "Was the second chair right?"
    CONFIRM = "Judge"

    def __init__(self, exchange: Exchange, queue: ReviewQueue | None) -> None:
        """``queue`` is the one that it is judged from."""
        super().__init__()
        self._exchange, self._queue = exchange, queue

    def body(self) -> Iterable[Widget]:
        """Return what was asked, said and sent and what came of it, the verdicts, and a line for the reason."""
        yield self.told(told_of(self._exchange))
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


def told_of(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Yield what a judge needs to know of an exchange, each part behind its label, in the order in which it came."""
    if exchange.asked:
        yield "The customer", exchange.asked
    promised = exchange.kind == PROMISE
    yield "It flagged" if exchange.is_flag else "Promised" if promised else "It suggested", exchange.text
    if exchange.outcome:
        yield "What became of it", exchange.outcome
    if exchange.sent and exchange.sent != exchange.text:
        yield "The agent sent", exchange.sent
    if exchange.next:
        yield "What happened next", exchange.next
