"""The draft in other words, below the draft: never over it, and nothing is taken before it is whole."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from console.terminal.hanging import spread
from console.terminal.marking import marked
from console.terminal.rewriting import Version
from console.terminal.styles import beside
from console.terminal.widgets.clickable import button, row
from console.terminal.words import flagged


class RewriteText(VerticalScroll, can_focus=True):
    """The text of the rewrite."""

    HELP = "Your text in other words. Your own stays above until you take this one, and Ctrl+Z brings it back then."
    BINDING_GROUP_TITLE = "Rewritten text"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.take_rewrite", "Take", tooltip="Put it in place of your text", id="rewrite-take"),
        Binding("escape", "screen.leave_rewrite", "Leave", tooltip="Put it away; your text stays", id="rewrite-leave"),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        yield Static(id="rewritten")


class RewritePanel(Widget):
    """What was asked for with what can be done, and the text."""

    DEFAULT_CSS = beside(__file__)

    def __init__(self) -> None:
        super().__init__(id="rewrite")
        self._version: Version | None = None
        self._changed = False

    def compose(self) -> ComposeResult:
        """Lay out the heading and the text."""
        yield Static(id="rewrite-head")
        yield RewriteText()

    def on_mount(self) -> None:
        """Begin hidden."""
        self.display = False

    @property
    def text(self) -> RewriteText:
        """The part that takes the focus."""
        return self.query_one(RewriteText)

    def show(self, version: Version | None, *, changed: bool) -> None:
        """Show a rewrite or nothing; ``changed`` says that the draft is another one since it was asked for."""
        if (version, changed) == (self._version, self._changed):
            return
        self._version, self._changed = version, changed
        self.display = version is not None
        if version is not None:
            self.query_one("#rewrite-head", Static).update(self._head(version))
            self.query_one("#rewritten", Static).update(_body(version))

    def on_resize(self) -> None:
        """Lay the heading out for the new width."""
        if self._version is not None:
            self.query_one("#rewrite-head", Static).update(self._head(self._version))

    def _head(self, version: Version) -> Content:
        if version.writing:
            state, style = "… writing, not yet to be taken", "bold $text-primary"
        elif version.why:
            state, style = "no rewrite", "bold $text-warning"
        else:
            state, style = "ready" + (" · your text has changed since" if self._changed else ""), "bold"
        left = Content.assemble((version.title, "bold"), " · ", (state, style))
        take = button("screen.take_rewrite", "Take", "Enter") if version.whole else Content("")
        right = row(take, button("screen.leave_rewrite", "Leave", "Esc"))
        return spread(left, right, max(20, self.size.width))


def _body(version: Version) -> Content:
    if version.why:
        return Content.styled(f"{version.why[:1].upper()}{version.why[1:]}", "$text-warning")
    if version.whole is None:
        return Content.styled(f"{version.text} …" if version.text else "…", "$text-muted")
    flags = [Content.styled(f"\n{flagged(flag)}: {flag.advice}", "$text-warning") for flag in version.whole.flags]
    return Content.assemble(marked(version.whole.text, version.whole.unsupported), *flags)
