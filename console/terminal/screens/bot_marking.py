"""Whether an answer of the bot was right, said where it is read."""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from console.conversation.boundary import BotMark, Verdict
from console.conversation.boundary_commands import MarkBotAnswer
from console.conversation.message import Message
from console.terminal.screens.dialog import Dialog, words
from console.terminal.screens.verdicts import given
from console.terminal.widgets.choice import Choice, Choices

_VERDICTS: Final = {Verdict.RIGHT: "Right", Verdict.WRONG: "Wrong", Verdict.NONE: "No mark"}


class BotMarkingDialog(Dialog[MarkBotAnswer]):
    """Returns the mark, or ``None``; Alt+Up and Alt+Down go to the bot's other answers."""

    HEADING = "Was the bot right?"
    CONFIRM = "Mark"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("alt+up", "other(-1)", "Answer before", tooltip="Go to the bot's answer before", id="bot-before"),
        Binding("alt+down", "other(1)", "Answer after", tooltip="Go to the bot's next answer", id="bot-after"),
    ]

    def __init__(self, answers: Sequence[Message], message: str, marks: Mapping[str, BotMark]) -> None:
        super().__init__()
        self._answers, self._marks = answers, marks
        self._place = next((n for n, answer in enumerate(answers) if answer.id == message), len(answers) - 1)

    def body(self) -> Iterable[Widget]:
        """Return the answer, the verdicts and a line for what is wrong."""
        yield words("", "-label")
        yield words("", "-quote -gap")
        choices = (Choice(name, id=f"verdict-{verdict.value or 'none'}") for verdict, name in _VERDICTS.items())
        yield Choices(*choices, id="verdict", classes="-close", compact=True)
        yield Input(placeholder="What is wrong, where it is wrong", id="reason", max_length=500, compact=True)

    def on_mount(self) -> None:
        """Show the answer that is meant."""
        self._show()

    def action_other(self, way: int) -> None:
        """Go to another answer of the bot."""
        self._place = min(len(self._answers) - 1, max(0, self._place + way))
        self._show()

    def _show(self) -> None:
        answer = self._answers[self._place]
        others = f", {self._place + 1} of {len(self._answers)} (Alt+↑ Alt+↓)" if len(self._answers) > 1 else ""
        self.query(Static).filter(".-label").first(Static).update(Content(f"{answer.id}{others}"))
        self.query(Static).filter(".-quote").first(Static).update(Content(answer.text))
        mark = self._marks.get(answer.id)
        self.query_one("#verdict", Choices).put(list(_VERDICTS).index(mark.verdict) if mark else None)
        self.query_one("#reason", Input).value = mark.reason if mark else ""

    def answer(self) -> MarkBotAnswer:
        """Return the mark."""
        verdicts = {f"verdict-{verdict.value or 'none'}": verdict for verdict in _VERDICTS}
        verdict, reason = given(self, verdicts, Verdict.WRONG)
        return MarkBotAnswer(self._answers[self._place].id, verdict, reason)
