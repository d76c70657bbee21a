"""The frame of a draft that is written in a dialog and decided on there: saving, leaving, saying what went wrong."""

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, ClassVar, TypeVar

from textual.content import Content
from textual.widgets import Button, Static

from console.terminal.errors import DeskError
from console.terminal.port import Desk
from console.terminal.screens.deciding import UnsavedDialog
from console.terminal.screens.dialog import Dialog

Kept = TypeVar("Kept")


class DraftFrame(Dialog[Kept]):
    """Returns the draft as the desk has it. Its text is the widget ``#text``."""

    CONFIRM = "Save"
    LEAVE = "Back"
    WIDE = True
    TALL = True
    AUTO_FOCUS = "#text"
    ANSWERS: ClassVar[Mapping[str, str]] = {}
    """The buttons of the frame by id, each with the action that it does."""

    def __init__(self, draft: Kept, desk: Callable[[], Desk]) -> None:
        super().__init__()
        self._draft, self._desk = draft, desk

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Decide, save, or leave."""
        deed = self.ANSWERS.get(event.button.id or "")
        if deed:
            event.stop()
            getattr(self, f"action_{deed}")()
        else:
            super().on_button_pressed(event)

    def action_confirm(self) -> None:
        """Save what was written."""
        self._do(self._save("Saved."))

    def action_leave(self) -> None:
        """Go back; what was written and not saved is asked about."""
        if self._changed:
            self._do(self._ask_and_leave())
        else:
            self.dismiss(self._draft)

    @property
    @abstractmethod
    def _changed(self) -> bool:
        """Whether something was written that is not saved."""

    @abstractmethod
    async def _save(self, said: str = "") -> Any:  # noqa: ANN401 - some tell whether it was saved
        """Save what was written, and say ``said``."""

    async def _ask_and_leave(self) -> None:
        save = await self.app.push_screen_wait(UnsavedDialog())
        if save is not None:
            if save:
                await self._save()
            if not save or not self._changed:
                self.dismiss(self._draft)

    def _do(self, work: Awaitable[None], group: str = "draft") -> None:
        async def guarded() -> None:
            try:
                await work
            except DeskError as error:
                self._say(f"⚠ {error}")

        self.run_worker(guarded(), group=group, exit_on_error=False)

    def _say(self, text: str) -> None:
        trouble = self.query_one("#trouble", Static)
        trouble.display = bool(text)
        trouble.update(Content(text))
