"""Policy and safety flags: how grave, what triggered it, what to do, and where the rule stands."""

from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from console.conversation.assistance import Flag, Severity
from console.terminal.hanging import hang, spread, stack
from console.terminal.styles import beside
from console.terminal.widgets.clickable import button, row
from console.terminal.widgets.panel import Panel
from console.terminal.words import flagged, where

STYLE = {Severity.INFO: "bold $text-secondary", Severity.WARN: "bold $text-warning", Severity.BLOCK: "bold $text-error"}


class FlagView(Widget, can_focus=True):
    """One flag; posts :class:`FlagView.Asked`."""

    DEFAULT_CSS = beside(__file__)
    HELP = "A flag: d dismisses it with a reason, p opens the policy, Enter shows the message."
    BINDING_GROUP_TITLE = "Flags"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d,delete", "ask('dismiss')", "Dismiss", tooltip="Say that it does not apply here", id="flag-dismiss"),
        Binding("p", "ask('policy')", "Policy", tooltip="Open the policy's text", id="flag-policy"),
        Binding("enter", "ask('message')", "Message", tooltip="Show the message it is about", id="flag-message"),
        Binding("down", "app.focus_next", "Next", show=False, tooltip="Next flag", id="flag-next"),
        Binding("up", "app.focus_previous", "Previous", show=False, tooltip="Previous flag", id="flag-previous"),
    ]

    class Asked(Message):
        """Something was asked of a flag."""

        def __init__(self, flag: Flag, deed: Literal["dismiss", "policy", "message"]) -> None:
            super().__init__()
            self.flag = flag
            self.deed = deed

    def __init__(self, flag: Flag) -> None:
        super().__init__(classes=f"-{flag.severity.value}")
        self.flag = flag
        self._full = False

    def show(self, *, full: bool) -> None:
        """Show the flag with its whole advice, or cut to a few lines."""
        if full != self._full:
            self._full = full
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines at this width."""
        return len(flag_lines(self.flag, width, full=self._full))

    def render(self) -> Content:
        """Return the flag with its buttons."""
        return stack(flag_lines(self.flag, self.size.width, full=self._full))

    def action_ask(self, deed: Literal["dismiss", "policy", "message"]) -> None:
        """Ask the screen to do it."""
        self.post_message(self.Asked(self.flag, deed))


class FlagsPanel(Panel):
    """All standing flags, the gravest first."""

    TITLE = "Flags"
    DEFAULT_CSS = "FlagsPanel VerticalScroll { scrollbar-size-vertical: 1; scrollbar-gutter: stable; }"

    def __init__(self) -> None:
        super().__init__()
        self._flags: tuple[Flag, ...] | None = None

    def compose(self) -> ComposeResult:
        """Lay out the scrolling part."""
        yield VerticalScroll(id="flags", can_focus=False)

    def show(self, flags: tuple[Flag, ...]) -> None:
        """Show these flags; those that stand keep their place."""
        if flags == self._flags:
            return
        box = self.query_one(VerticalScroll)
        views = {view.flag.id: view for view in box.query_children(FlagView)}
        wanted = {flag.id for flag in flags}
        for name, view in views.items():
            if name not in wanted:
                view.remove()
        box.mount_all([FlagView(flag) for flag in flags if flag.id not in views])
        self._flags = flags
        self._share()
        self.retitle(str(len(flags)) if flags else "none")

    def on_resize(self) -> None:
        """Share the room anew."""
        self._share()

    def _share(self) -> None:
        """Show the flags in full where all have room for it."""
        box = self.query_one(VerticalScroll)
        room = box.scrollable_content_region.size
        lines = sum(len(flag_lines(flag, room.width, full=True)) for flag in self._flags or ())
        for view in box.query_children(FlagView):
            view.show(full=lines <= room.height)


def flag_lines(flag: Flag, width: int, *, full: bool) -> list[Content]:
    """Return a flag with its buttons as lines of at most ``width`` cells: every word of it, or three lines."""
    buttons = row(button("ask('policy')", "Policy"), button("ask('dismiss')", "Dismiss"))
    span = f"{flag.message}: “{' '.join(flag.span.split())}”" if flag.span else flag.message
    words = Content.assemble((span, "italic $text-muted"), (f"  {flag.advice}" if flag.advice else ""))
    rule = Content.styled(f"  {where(flag)}", "$text-muted")
    title = Content.styled(flagged(flag), STYLE[flag.severity])
    if not full:
        return [spread(title + rule, buttons, width), *hang(Content("  "), words, width, most=2)]
    room = width - buttons.cell_length - 1
    if title.cell_length > room:
        sign, rest = title[:2], title[2:] + rule
        return [*hang(sign, rest, width), *hang(Content("  "), words, width), spread(Content(""), buttons, width)]
    if title.cell_length + rule.cell_length > room:
        return [spread(title, buttons, width), *hang(Content("  "), words + rule, width)]
    return [spread(title + rule, buttons, width), *hang(Content("  "), words, width)]
