"""The desk in memory: the agent's own account."""

from typing import TYPE_CHECKING

from console.conversation.sign_in_commands import ChangePassword, PasswordStanding
from console.terminal.errors import Refused

if TYPE_CHECKING:
    from tests.terminal.fake_desk import FakeDesk


class FakeAccount:
    """That part of :class:`console.terminal.port.Desk`; ``password`` is the agent's, empty where they have none."""

    password: str = "three plain words"

    async def password_standing(self: "FakeDesk") -> PasswordStanding:
        """Say whether there is one."""
        self._gate("password_standing", None)
        return PasswordStanding("" if self.password else "you came with a token and have no password here")

    async def change_password(self: "FakeDesk", body: ChangePassword) -> None:
        """Change it by the old one."""
        self._gate("change_password", body)
        if self.held is not None:
            await self.held.wait()
        if body.old != self.password:
            message = "the old password is wrong; nothing was changed"
            raise Refused(message, "wrong-password")
        if len(body.new) < 12:
            message = "a password has at least 12 characters; a few words that you make up are best"
            raise Refused(message, "error")
        self.password = body.new
