"""One's own account, over HTTP."""

from abc import ABC, abstractmethod

import httpx

from console.conversation.sign_in_commands import ChangePassword, PasswordStanding
from console.terminal.wire import read_as


class AccountCalls(ABC):
    """These calls of :class:`console.terminal.account_port.AccountDesk`."""

    @abstractmethod
    async def _call(self, method: str, path: str, body: object = None) -> httpx.Response:
        """Ask the desk."""

    async def password_standing(self) -> PasswordStanding:
        """Return whether the agent has a password to change, or why not."""
        return read_as(PasswordStanding, await self._call("GET", "/v1/me/password"))

    async def change_password(self, body: ChangePassword) -> None:
        """Change it; ``Refused`` with what is wrong with the old or the new one."""
        await self._call("POST", "/v1/me/password", body)
