"""One's own account, as the console sees it."""

from typing import Protocol

from console.conversation.sign_in_commands import ChangePassword, PasswordStanding


class AccountDesk(Protocol):
    """These calls of the desk's interface. All raise :class:`~console.terminal.errors.DeskError`."""

    async def password_standing(self) -> PasswordStanding:
        """Return whether the agent has a password to change, or why not."""

    async def change_password(self, body: ChangePassword) -> None:
        """Change it; ``Refused`` with what is wrong with the old or the new one."""
