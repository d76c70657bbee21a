"""The composer: the draft, what stands against sending it, and the way to send it."""

from dataclasses import dataclass
from typing import Final

from textual.app import ComposeResult
from textual.content import Content
from textual.document._history import EditHistory
from textual.message import Message
from textual.widget import Widget
from textual.widgets import TextArea

from console.conversation.assistance import Flag
from console.conversation.state import Approval
from console.terminal.composing import Composing
from console.terminal.hanging import hang, spread, stack
from console.terminal.rewriting import Version
from console.terminal.styles import beside
from console.terminal.widgets.clickable import button, row
from console.terminal.widgets.draft_area import DraftArea
from console.terminal.widgets.flags_panel import STYLE
from console.terminal.widgets.rewrite_panel import RewritePanel
from console.terminal.words import flagged, where

_ROOMY: Final = 32
"""Lines of a screen from which on a flag may take two of them."""


@dataclass(frozen=True, slots=True)
class ComposerView:
    """What stands around the draft."""

    flags: tuple[Flag, ...] = ()
    overtaken: str = ""
    """The message to read first."""
    approval: Approval | None = None
    same_text: bool = False
    """Whether the draft is the text the approval is about."""
    sending: bool = False
    live: bool = False
    barred: str = ""
    """Why nothing can be sent here, and what to do; empty where it can."""
    origin: str = ""
    """Where the draft comes from, in words."""
    customer: str = ""
    dirty: bool = False
    to_do: tuple[str, ...] = ()
    """Sentences that are true only once the agent has done what they say."""
    rewrite: Version | None = None
    """The draft in other words, where they were asked for."""
    rewrite_of_another: bool = False
    """Whether the draft was changed since."""


class ComposerNotes(Widget):
    """Flags, the overtaken mark and the approval, below the draft."""

    def __init__(self) -> None:
        super().__init__(id="notes")
        self.view = ComposerView()

    def render(self) -> Content:
        """Return the lines."""
        return stack(self.lines(self.size.width))

    def lines(self, width: int) -> list[Content]:
        """Return what there is to say, the most pressing first."""
        view, result = self.view, []
        if view.overtaken:
            words = f"↑ {view.customer} wrote since – read {view.overtaken} first"
            result.append(
                spread(Content.styled(words, "bold $text-accent"), button("screen.acknowledge", "Read it"), width)
            )
        result += _approval(view, width)
        most = 1 if self.screen.size.height < _ROOMY else 2
        if view.to_do:
            first = Content.styled("⚑ do it first: ", "bold $text-warning")
            said = " ".join(view.to_do)
            result += hang(first, Content.styled(f"“{said}”", "italic"), width, most=most)
        for flag in view.flags[:3]:
            sign, _, rest = flagged(flag).partition(" ")
            label = Content.styled(f"{sign} ", STYLE[flag.severity])
            span = f"“{' '.join(flag.span.split())}” " if flag.span else ""
            line = Content.assemble(
                (f"{rest} ", STYLE[flag.severity]), (span, "italic"), flag.advice, (f" ({where(flag)})", "$text-muted")
            )
            result += hang(label, line, width, most=most)
        return result


class ComposerBar(Widget):
    """The last line: the button to send, and how the draft stands."""

    def __init__(self) -> None:
        super().__init__(id="bar")
        self.view = ComposerView()

    def render(self) -> Content:
        """Return the line."""
        view = self.view
        off = bool(view.barred or not view.customer)
        send = (
            Content.assemble(" ", ("Send", "$text-muted strike"), " ") if off else button("screen.send", "Send", "^S")
        )
        left = row(send, button("screen.note", "Note", "Alt+N"), button("screen.search", "Look up", "Alt+K"))
        if view.sending:
            state = Content.styled("sending …", "bold $text-primary")
        elif not view.live:
            state = Content.styled("not connected: kept, not sent", "$text-warning")
        elif view.barred and view.origin:
            state = Content.styled(f"{view.origin}, not sent: {view.barred}", "$text-warning")
        else:
            state = Content.styled(view.origin, "$text-muted")
        return spread(left, state, self.size.width)


class Composer(Widget):
    """Writes every edit into the draft at once, and posts :class:`Composer.Changed` after it."""

    DEFAULT_CSS = beside(__file__)

    class Changed(Message):
        """The text changed."""

    def __init__(self, composing: Composing) -> None:
        super().__init__()
        self._composing = composing
        self._histories: dict[str, EditHistory] = {}
        self._conversation = ""
        self._shown = ComposerView()
        self._notes_height = 0

    def compose(self) -> ComposeResult:
        """Lay out draft, notes and bar."""
        yield DraftArea(self._composing.complete, self._composing.write)
        yield RewritePanel()
        yield ComposerNotes()
        yield ComposerBar()

    @property
    def area(self) -> DraftArea:
        """The text area."""
        return self.query_one(DraftArea)

    def show(self, view: ComposerView) -> None:
        """Show what stands around the draft."""
        if view == self._shown:
            return
        before, self._shown = self._shown, view
        notes, bar = self.query_one(ComposerNotes), self.query_one(ComposerBar)
        notes.view = bar.view = view
        height = len(notes.lines(self.size.width or 80))
        notes.display = bool(height)
        notes.refresh(layout=height != self._notes_height)
        self._notes_height = height
        bar.refresh()
        self.query_one(RewritePanel).show(view.rewrite, changed=view.rewrite_of_another)
        if (before.barred, before.customer) != (view.barred, view.customer):
            self.area.placeholder = _invitation(view)

    def load(self, conversation: str, text: str) -> None:
        """Show another conversation's draft with its own history of edits."""
        area = self.area
        if self._conversation == conversation:
            if area.text != text:
                area.replace_all(text)
            return
        self._histories[self._conversation] = area.history
        kept = self._histories.pop(conversation, None)
        self._conversation = conversation
        area.history = EditHistory(max_checkpoints=50, checkpoint_timer=2.0, checkpoint_max_characters=100)
        with self.prevent(TextArea.Changed):
            area.text = text
        if kept is not None:
            area.history = kept
        area.move_cursor(area.document.end)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Say that it changed."""
        event.stop()
        self.post_message(self.Changed())


def _invitation(view: ComposerView) -> Content:
    if not view.customer:
        return Content("Open a conversation to write.")
    if view.barred:
        return Content(f"{view.barred[0].upper()}{view.barred[1:]}.")
    return Content(f"Write to {view.customer} …  Ctrl+S sends, Enter is a new line")


def _approval(view: ComposerView, width: int) -> list[Content]:
    asked = view.approval
    if asked is None:
        return []
    if asked.approved is None:
        words, style = "… waiting for a lead to approve this text", "$text-warning"
    elif asked.approved:
        said = f" “{asked.answer}”" if asked.answer else ""
        words, style = f"✓ approved by a lead{said}: Ctrl+S sends the approved text", "bold $text-success"
    else:
        words, style = f"✖ refused by a lead: {asked.answer or 'no reason given'}", "bold $text-error"
    if view.same_text:
        return [Content.styled(words, style).truncate(width, ellipsis=True)]
    if asked.approved:
        words = "✓ a lead approved another wording"
    elif asked.approved is None:
        words = "… a lead is deciding on another wording"
    right = button("screen.use_approved", "Use approved text", "Alt+U") if asked.approved else Content("")
    return [spread(Content.styled(words, style), right, width)]
