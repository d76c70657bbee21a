"""The agent changes their own password."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Final

from textual.widget import Widget
from textual.widgets import Input

from console.terminal.errors import DeskError, Refused
from console.terminal.screens.dialog import Dialog, words
from console.terminal.widgets.field import Field, OnwardField

LONGEST: Final = 300
"""Characters that a field takes: more than the desk does, so that it says so, and nothing is cut off unseen."""

_FIELDS: Final = (("old", "The old password"), ("new", "The new one"), ("again", "The new one once more"))


class SecretInput(Field):
    """A line whose text is neither shown nor copied."""

    def action_copy(self) -> None:
        """Copy nothing."""

    def action_cut(self) -> None:
        """Take out what is selected; it goes nowhere."""
        self.delete_selection()


class OnwardSecret(SecretInput, OnwardField):
    """One that another follows."""


class OwnPasswordDialog(Dialog[bool]):
    """Asks ``change`` for it, with the old password and the new one; returns ``True`` once it is done.

    What the desk will not have is said in the dialog, which stays.
    """

    HEADING = "Change your password"
    CONFIRM = "Change it"

    def __init__(self, change: Callable[[str, str], Awaitable[None]]) -> None:
        super().__init__()
        self._change = change
        self._under_way = False

    def body(self) -> Iterable[Widget]:
        """Return the three fields; what is typed is not shown."""
        for name, title in _FIELDS:
            yield words(title, "-label")
            kind = SecretInput if name == "again" else OnwardSecret
            yield kind(password=True, id=name, max_length=LONGEST, compact=True)
        yield words("At least 12 characters; a few words that you make up are best.", "-label")
        yield words("Wherever else you are signed in, you sign in anew with it.", "-label -gap")

    def on_mount(self) -> None:
        """Begin with the old one."""
        self._field("old").focus()

    def on_input_submitted(self) -> None:
        """Enter confirms in the last field; from the others it goes on to the next."""
        self.action_confirm()

    def action_confirm(self) -> None:
        """Ask the desk, once at a time."""
        if self._under_way:
            return
        try:
            old, new = self._written()
        except ValueError as missing:
            self.complain(str(missing))
            return
        self._under_way = True
        self.run_worker(self._asked(old, new), group="own-password", exit_on_error=False)

    def action_leave(self) -> None:
        """Leave, but not while the desk is asked: whoever leaves would not know which password holds."""
        if not self._under_way:
            super().action_leave()

    async def _asked(self, old: str, new: str) -> None:
        try:
            await self._change(old, new)
        except DeskError as error:
            said = str(error).rstrip(".")
            self.complain(f"{said[:1].upper()}{said[1:]}.")
            if isinstance(error, Refused) and error.code == "wrong-password":
                self._field("old").clear()
                self._field("old").focus()
        else:
            self.dismiss(True)
        finally:
            self._under_way = False

    def _written(self) -> tuple[str, str]:
        """Return the old and the new password; raises ``ValueError`` with what is missing."""
        old, new, again = (self._field(name).value for name, _ in _FIELDS)
        for name, title in _FIELDS:
            if not self._field(name).value:
                self._field(name).focus()
                message = f"{title} is missing."
                raise ValueError(message)
        if new != again:
            self._field("again").focus()
            message = "The new one is written in two ways; write it once more."
            raise ValueError(message)
        return old, new

    def _field(self, name: str) -> Input:
        return self.query_one(f"#{name}", Input)
