"""A calm line, or two: what was done in past conversations like this one, and the way to them."""

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from console.conversation.assistance import NextStep
from console.terminal.hanging import hang, spread, stack
from console.terminal.styles import beside
from console.terminal.widgets.clickable import button
from console.terminal.words import usual_step


class NextStepLine(Widget):
    """Not there while there is nothing to say."""

    DEFAULT_CSS = beside(__file__)

    def __init__(self) -> None:
        super().__init__()
        self._step: NextStep | None = None

    def on_mount(self) -> None:
        """Begin with nothing."""
        self.display = False

    def show(self, step: NextStep | None) -> None:
        """Show this, or nothing."""
        if step != self._step:
            self._step = step
            self.display = step is not None
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines that it takes."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Return the line, or two where there is no room for one."""
        return stack(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        if self._step is None:
            return [Content("")]
        cases = button("screen.cases", "Cases", "Alt+D")
        said = hang(
            Content.styled("→ ", "bold $text-accent"),
            Content(usual_step(self._step)),
            width - cases.cell_length - 1,
            most=2,
        )
        return [spread(said[0], cases, width), *said[1:]]
