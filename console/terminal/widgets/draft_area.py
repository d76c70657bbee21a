"""Where the agent writes: many lines, ghost text at the end, and Esc to leave."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets.text_area import Edit, EditResult

from console.conversation.passages import fitted
from console.terminal.widgets.writing_area import WritingArea


class DraftArea(WritingArea):
    """The text of the composer. Posts :class:`DraftArea.Left` on Esc."""

    HELP = (
        "Write here. Enter is a new line; Ctrl+S sends. Tab or Right takes the grey text, Esc drops it, Esc again "
        "leaves. Ctrl+Z brings back what a taken reply replaced."
    )
    BINDING_GROUP_TITLE = "Composer"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "tab", "take_ghost", "Complete", tooltip="Take the grey text, or go on to the next part", id="ghost-take"
        ),
        Binding("escape", "leave", "Leave", tooltip="Drop the grey text, or leave the composer", id="composer-leave"),
    ]

    class Left(Message):
        """The agent leaves the composer."""

    def __init__(self, complete: Callable[[str], str], written: Callable[[str], None]) -> None:
        """``written`` is told every new text at once, so that nobody acts on an older one."""
        super().__init__(
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="focus",
            compact=True,
            highlight_cursor_line=False,
            id="draft",
        )
        self._complete = complete
        self._written = written
        self._refused = ""

    def update_suggestion(self) -> None:
        """Offer ghost text when the cursor stands at the very end."""
        if not self.selection.is_empty or self.cursor_location != self.document.end:
            self.suggestion = ""
            return
        text = self.text
        self.suggestion = "" if text == self._refused else self._complete(text)

    async def on_key(self, event: events.Key) -> None:
        """Do what a key is for before the next one is read: letters typed behind it come after it."""
        if event.is_printable or event.key == "enter":
            return
        active = self.screen.active_bindings.get(event.key)
        if active and active.enabled and await self.app.run_action(active.binding.action, active.node):
            event.stop()

    def edit(self, edit: Edit) -> EditResult:
        """Change the text, and tell it."""
        result = super().edit(edit)
        self._written(self.text)
        return result

    def undo(self) -> None:
        """Take the last change back, and tell the text."""
        super().undo()
        self._written(self.text)

    def redo(self) -> None:
        """Make the change again, and tell the text."""
        super().redo()
        self._written(self.text)

    def replace_all(self, text: str) -> None:
        """Put ``text`` in place of everything, in one step that Ctrl+Z takes back."""
        self.history.checkpoint()
        self.replace(text, self.document.start, self.document.end)
        self.history.checkpoint()
        self.move_cursor(self.document.end)

    def action_take_ghost(self) -> None:
        """Take the ghost text; without any, go on to the next part of the screen."""
        if self.suggestion:
            self.insert(self.suggestion)
        else:
            self.screen.focus_next()

    def action_leave(self) -> None:
        """Drop the ghost text; without any, leave the composer."""
        if self.suggestion:
            self._refused = self.text
            self.suggestion = ""
        else:
            self.post_message(self.Left())

    def put_in(self, passage: str) -> None:
        """Put a passage where the cursor stands, set off from what is around it."""
        cursor, document = self.cursor_location, self.document
        before, after = self.get_text_range(document.start, cursor), self.get_text_range(cursor, document.end)
        self.insert(fitted(passage, before, after))
