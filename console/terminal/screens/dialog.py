"""The frame of all dialogs: a title, a body, buttons; Esc leaves, Ctrl+S confirms."""

from collections.abc import Iterable
from typing import ClassVar, Final, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Static

from console.terminal.hanging import wrapped
from console.terminal.styles import beside
from console.terminal.widgets.dialog_keys import DialogKeys

Answer = TypeVar("Answer")

_SHARE: Final = 0.94
"""How much of the screen's height the frame may take, as in the style sheet."""

_AROUND: Final = 5
"""Lines of the frame that are not its body: border, padding, buttons."""


class Dialog(ModalScreen[Answer | None]):
    """Asks for an answer, or ``None`` when left. Subclasses give ``body`` and ``answer``."""

    DEFAULT_CSS = beside(__file__)
    BINDING_GROUP_TITLE = "Dialog"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", tooltip="Close without doing anything", id="dialog-leave"),
        Binding("ctrl+s", "confirm", "Confirm", tooltip="Do what the first button says", id="dialog-confirm"),
        Binding("f1", "help", "Help", tooltip="These keys, and all others", id="dialog-help"),
    ]
    HEADING: ClassVar[str] = ""
    CONFIRM: ClassVar[str] = "OK"
    LEAVE: ClassVar[str] = "Cancel"
    WIDE: ClassVar[bool] = False
    TALL: ClassVar[bool] = False
    """Whether it takes the height of the screen: for things to read."""

    _dismissed = False
    _trouble = Content("")
    """What is missing, once it was said."""

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Close with an answer, once: a second key that was on its way finds the dialog gone."""
        if self._dismissed:
            return AwaitComplete()
        self._dismissed = True
        return super().dismiss(result)

    def compose(self) -> ComposeResult:
        """Lay out the frame."""
        classes = " ".join(name for name, on in (("-wide", self.WIDE), ("-tall", self.TALL)) if on)
        with Vertical(id="frame", classes=classes) as frame:
            frame.border_title = self.HEADING
            if self.TALL:  # what is to be read scrolls by itself
                yield from self.body()
            else:
                yield VerticalScroll(*self.body(), id="body", can_focus=False)
            yield Static("", id="trouble")
            with Horizontal(id="buttons"):
                if self.CONFIRM:
                    yield Button(f"{self.CONFIRM}  ^S", id="confirm", variant="primary", compact=True)
                yield Button(f"{self.LEAVE}  Esc", id="leave", compact=True)
        yield DialogKeys()

    def on_resize(self) -> None:
        """Give the body what the buttons leave."""
        self._share()

    def _share(self) -> None:
        width = max(8, self.query_one("#frame").content_size.width)
        said = len(wrapped(self._trouble, width)) + 1 if self._trouble else 0
        for body in self.query("#body"):
            body.styles.max_height = max(3, int(self.size.height * _SHARE) - _AROUND - said)
        if self.focused is not None:  # it may have been in view before the body got smaller
            self.call_after_refresh(self.focused.scroll_visible, animate=False, immediate=True)

    def body(self) -> Iterable[Widget]:
        """Return the widgets between the title and the buttons."""
        return ()

    def answer(self) -> Answer | None:
        """Return the answer; raise ``ValueError`` with what is missing."""
        return None

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        if event.button.id == "confirm":
            event.stop()
            self.action_confirm()
        elif event.button.id == "leave":
            event.stop()
            self.action_leave()

    def action_confirm(self) -> None:
        """Give the answer, or say what is missing."""
        try:
            answer = self.answer()
        except ValueError as missing:
            self.complain(str(missing))
            return
        self.dismiss(answer)

    def complain(self, trouble: str) -> None:
        """Say what is missing or wrong, above the buttons."""
        self._trouble = Content(f"⚠ {trouble}")
        self.query_one("#trouble", Static).update(self._trouble)
        self.query_one("#trouble").display = True
        self._share()

    def action_help(self) -> None:
        """Show the keys, this dialog's own first."""
        from console.terminal.screens.help import HelpScreen  # it is a dialog itself

        self.app.push_screen(HelpScreen(self))

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


def words(text: Content | str, classes: str = "") -> Static:
    """Return text as a widget, shown as it is."""
    return Static(text if isinstance(text, Content) else Content(text), classes=classes)
