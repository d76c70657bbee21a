"""All keys, made from the bindings themselves, and how things work in a few lines."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from console.terminal.actions import DEEDS, DESK
from console.terminal.hanging import fit, hang, stack, wrapped
from console.terminal.key_names import key_names
from console.terminal.screens.dialog import Dialog
from console.terminal.screens.upkeep import UpkeepList
from console.terminal.widgets.draft_area import DraftArea
from console.terminal.widgets.flags_panel import FlagView
from console.terminal.widgets.inbox import InboxList
from console.terminal.widgets.knowledge_panel import HitList
from console.terminal.widgets.lines import Lines
from console.terminal.widgets.review_list import ReviewList
from console.terminal.widgets.rewrite_panel import RewriteText
from console.terminal.widgets.suggestion_card import SuggestionCard
from console.terminal.widgets.summary_panel import SummaryLines

INTRODUCTION: Final = (
    "You lead the conversation; the AI sits in the second chair. It never sends anything: a suggestion goes into the "
    "composer, and Ctrl+S sends what stands there. New suggestions wait while you work with the old ones. Every line "
    "shows what it rests on. Keys with Alt work everywhere; single keys work on the part that has the focus (Tab and "
    "Shift+Tab move it, Esc leaves the composer for the transcript) when they are pressed alone: letters typed in one "
    "go are words, and are written in the composer."
)

IN_A_TERMINAL: Final = "On a Mac, Alt is the Option key set to send Esc+."

IN_A_BROWSER: Final = (
    "In the browser: Ctrl+W, Ctrl+T and Ctrl+N stay the browser's, so Ctrl+Backspace or Alt+Backspace takes away a "
    "word, and Alt+0 quits. Ctrl+C copies and Ctrl+V pastes. On a Mac, Alt is the Option key. A tab that lost its "
    "connection, or was closed by mistake and opened again, goes on where it was for a while."
)

_PARTS: Final = (
    InboxList,
    Lines,
    DraftArea,
    RewriteText,
    SuggestionCard,
    SummaryLines,
    HitList,
    FlagView,
    UpkeepList,
    ReviewList,
)
_KEYS: Final = 14
_TITLES: Final = 22


class HelpText(Widget):
    """The help, laid out for its width."""

    DEFAULT_CSS = "HelpText { height: auto; }"

    def __init__(self, dialog: Dialog[Any] | None = None) -> None:
        super().__init__()
        self._dialog = dialog

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines at this width."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Return the lines."""
        return stack(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        return (of_dialog(self._dialog, width) if self._dialog else []) + lines(width, web=self.app.is_web)


class HelpScreen(Dialog[str]):
    """Shows the keys, those of the dialog that asks first; returns nothing."""

    HEADING = "Help"
    CONFIRM = ""
    LEAVE = "Back"
    WIDE = True
    TALL = True

    def __init__(self, dialog: Dialog[Any] | None = None) -> None:
        super().__init__()
        self._dialog = dialog

    def body(self) -> Iterable[Widget]:
        """Return the keys by group."""
        yield VerticalScroll(HelpText(self._dialog), id="page")

    def on_mount(self) -> None:
        """Let the keys scroll."""
        self.query_one("#page").focus()

    def action_help(self) -> None:
        """Go back: it is open."""
        self.action_leave()


def of_dialog(dialog: Dialog[Any], width: int) -> list[Content]:
    """Return the keys of a dialog and of what stands in it."""
    result = [Content.styled(f"Here: {dialog.HEADING}", "bold $text-primary")]
    parts = dict.fromkeys(type(part) for part in (dialog, *dialog.query("*")))
    for binding in dict.fromkeys(binding for part in parts for binding in _own(part)):
        result += _line(key_names(binding.key), binding.description, binding.tooltip, width)
    return [*result, Content("")]


def _own(part: type[Any]) -> list[Binding]:
    """Return the bindings that the console gives this kind of widget."""
    ours = [kind for kind in part.__mro__ if kind.__module__.startswith(__package__.partition(".")[0])]
    all_of_them = (binding for kind in ours for binding in vars(kind).get("BINDINGS", ()))
    return [binding for binding in all_of_them if isinstance(binding, Binding) and binding.id and binding.show]


def lines(width: int, *, web: bool = False) -> list[Content]:
    """Return the help as lines of at most ``width`` cells; with ``web`` as it is in a browser."""
    result = wrapped(Content(f"{INTRODUCTION} {IN_A_BROWSER if web else IN_A_TERMINAL}"), width)
    for group, deeds in groupby(DEEDS, key=lambda deed: deed.group):
        result += [Content(""), Content.styled(group, "bold $text-primary")]
        for deed in deeds:
            result += _line(deed.shown, deed.title, deed.help, width)
        if group == DESK:
            result += _line("^P", "Everything by name", "The command palette", width)
            result += _line("Alt+0" if web else "^Q", "Quit", "Leave the console; drafts are kept", width)
    for part in _PARTS:
        result += [Content(""), Content.styled(f"On: {part.BINDING_GROUP_TITLE}", "bold $text-primary")]
        result += wrapped(Content(part.HELP or ""), width)
        for binding in part.BINDINGS:
            if isinstance(binding, Binding) and binding.id and binding.show:
                result += _line(key_names(binding.key), binding.description, binding.tooltip, width)
    return result


def _line(key: str, title: str, text: str, width: int) -> list[Content]:
    label = Content.assemble((fit(key, _KEYS), "bold $text-accent"), fit(title, _TITLES))
    return hang(label, Content.styled(text, "$text-muted"), width)
