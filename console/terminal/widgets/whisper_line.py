"""The lines at the top that a lead's whisper takes until the agent has marked it as seen."""

from dataclasses import dataclass
from typing import Final

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from console.terminal.hanging import hang, spread, stack
from console.terminal.styles import beside
from console.terminal.widgets.clickable import button

_HEAD: Final = 2
"""Lines of who whispers about what."""

_MOST: Final = 3
"""Lines of the whisper's words; the transcript has all of them."""


@dataclass(frozen=True, slots=True)
class WhisperView:
    """A whisper as it is shown: who, about whose chat, what, when, and how many wait to be seen."""

    name: str = ""
    customer: str = ""
    text: str = ""
    at: str = ""
    count: int = 0


class WhisperLine(Widget):
    """Hidden while nothing was whispered."""

    DEFAULT_CSS = beside(__file__)

    shown: reactive[WhisperView] = reactive(WhisperView(), layout=True)

    def show(self, view: WhisperView) -> None:
        """Show this; an empty view hides it."""
        self.shown = view

    def watch_shown(self, view: WhisperView) -> None:
        """Appear and vanish."""
        self.set_class(bool(view.count), "-shown")

    def render(self) -> Content:
        """Return the lines."""
        view = self.shown
        many = f" (1 of {view.count})" if view.count > 1 else ""
        who = Content.styled(f"{view.name} whispers{many} {view.at}", "bold")
        head = Content.assemble(who, f" · {view.customer} · unseen by customers")
        said = Content.styled(f"“{' '.join(view.text.split())}”", "bold")
        width = max(20, self.size.width)
        seen = button("screen.see_whisper", "Seen", "Alt+-")
        first, *further = hang(Content.styled("« ", "bold"), head, width - seen.cell_length - 1, most=_HEAD)
        lines = [spread(first, seen, width), *further, *hang(Content("  "), said, width, most=_MOST)]
        return stack(lines)
