"""How the customer feels: the line of moods, the label, where it goes, and the risk with its reasons, in words."""

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from console.conversation.assistance import Mood
from console.terminal.styles import beside
from console.terminal.widgets.panel import Panel
from console.terminal.words import TREND, risk, sparkline


class MoodLine(Widget):
    """The mood on one or two lines."""

    def __init__(self) -> None:
        super().__init__()
        self.moods: tuple[Mood, ...] = ()
        self.remark = ""

    def render(self) -> Content:
        """Return the lines."""
        if not self.moods:
            return Content.styled(self.remark or "Not read yet.", "$text-muted")
        mood = self.moods[-1]
        danger = risk(mood.escalation_risk)
        style = {"high": "bold $text-error", "medium": "$text-warning", "low": "$text-muted"}[danger]
        words = ", ".join(f"“{word}”" for word in mood.words[:3])
        why = "; ".join(mood.reasons)
        return Content.assemble(
            (sparkline([m.score for m in self.moods], 12), "$text-secondary"),
            "  ",
            (mood.label, "bold"),
            (f", {TREND[mood.trend]}", "$text-muted"),
            "  ",
            (f"risk {danger}", style),
            (f": {why}" if why else "", style.removeprefix("bold ")),
            (f"  {words}" if words else "", "italic $text-muted"),
        )


class MoodPanel(Panel):
    """The panel around it."""

    TITLE = "Mood"
    DEFAULT_CSS = beside(__file__)

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        yield MoodLine()

    def show(self, moods: tuple[Mood, ...], remark: str = "") -> None:
        """Show the moods of the conversation, oldest first."""
        line = self.query_one(MoodLine)
        if (moods, remark) != (line.moods, line.remark):
            line.moods, line.remark = moods, remark
            line.refresh()
