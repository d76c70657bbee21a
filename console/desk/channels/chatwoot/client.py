"""The few calls of Chatwoot that the channel needs (its application interface, version 1)."""

import asyncio
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx

from console.desk.channels.chatwoot.reading import Listed, Said, newest, read_conversations, read_message, read_messages
from console.desk.channels.remote import Remote, RemoteFault
from console.desk.channels.shapes import a_dict, a_number, a_text

PAGE: Final = 20
"""Messages of a page when asked for what came before a message, as Chatwoot has it."""


REDIRECTS: Final = 3
"""Times that a file may lie elsewhere; Chatwoot's lie in a store of its own."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Whose token it is, and what opens the live stream; a secret."""

    id: int
    pubsub_token: str


class ChatwootClient:
    """An account of the Chatwoot at ``address``, asked with a user's access token. All calls raise ``RemoteFault``."""

    def __init__(
        self, address: str, account: int, token: str, *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self.address, self.account = address, account
        self._remote = Remote(address, {"api_access_token": token}, transport=transport)
        self._files = Remote(address, {}, transport=transport)
        self._base = f"/api/v1/accounts/{account}/conversations"

    async def close(self) -> None:
        """Let go of the connections."""
        await self._remote.close()
        await self._files.close()

    async def profile(self) -> Profile:
        """Return who the desk is on Chatwoot."""
        answer = a_dict(await self._remote.ask("GET", "/api/v1/profile"))
        number, token = a_number(answer.get("id")), a_text(answer.get("pubsub_token"))
        if not number or not token:
            raise RemoteFault("the answer holds no profile")
        return Profile(number, token)

    async def conversations(self, page: int, inbox: int = 0) -> list[Listed]:
        """Return a page (from 1) of the conversations, the one with the newest message first."""
        params = {"status": "all", "assignee_type": "all", "page": str(page)}
        if inbox:
            params["inbox_id"] = str(inbox)
        return read_conversations(await self._remote.ask("GET", self._base, params=params))

    async def conversation(self, number: int) -> Listed:
        """Return one conversation."""
        answer = await self._remote.ask("GET", f"{self._base}/{number}")
        found = read_conversations({"data": {"payload": [answer]}})
        if not found:
            raise RemoteFault("the answer holds no conversation")
        return found[0]

    async def after(self, conversation: int, message: int) -> tuple[list[Said], int]:
        """Return messages later than one, oldest first, and the number to go on from; that one where there are none."""
        answer = await self._messages(conversation, {"after": str(message)})
        return read_messages(answer, conversation), max(message, newest(answer))

    async def latest(self, conversation: int, before: int = 0) -> list[Said]:
        """Return the newest messages, or those before one, oldest first."""
        answer = await self._messages(conversation, {"before": str(before)} if before else {})
        return read_messages(answer, conversation)

    async def send(self, conversation: int, text: str, echo: str) -> int:
        """Write to the contact and return the message's number."""
        body = {"content": text, "message_type": "outgoing", "private": False, "echo_id": echo}
        said = read_message(await self._remote.ask("POST", f"{self._base}/{conversation}/messages", body=body))
        if said is None:
            raise RemoteFault("the answer holds no message")
        return said.id

    async def set_status(self, conversation: int, status: str) -> None:
        """Say where a conversation stands: ``pending`` (with the bot), ``open`` (with people) or ``resolved``."""
        await self._remote.ask("POST", f"{self._base}/{conversation}/toggle_status", body={"status": status})

    async def typing(self, conversation: int, active: bool) -> None:
        """Say that the desk types, or has stopped."""
        body = {"typing_status": "on" if active else "off"}
        await self._remote.ask("POST", f"{self._base}/{conversation}/toggle_typing_status", body=body)

    async def read(self, conversation: int) -> None:
        """Say that everything was read."""
        await self._remote.ask("POST", f"{self._base}/{conversation}/update_last_seen", body={})

    async def file(self, address: str, most_bytes: int) -> bytes:
        """Return the bytes of an attachment that lies at an address of this Chatwoot, or where that leads to.

        What it leads to is a store of its operator's; the token is for Chatwoot alone and does not go there.
        """
        if urlsplit(address)[:2] != urlsplit(self.address)[:2]:
            raise RemoteFault("the file does not lie on Chatwoot", 404)
        for _ in range(REDIRECTS):
            try:
                return await self._files.download(address, most_bytes)
            except RemoteFault as fault:
                if not fault.location:
                    raise
                address = urljoin(address, fault.location)
                if urlsplit(address)[:2] != urlsplit(self.address)[:2] and await leads_inside(address):
                    raise RemoteFault("the file's address leads where no file lies", 404) from fault
        raise RemoteFault("the file is led on too often", 404)

    async def _messages(self, conversation: int, params: dict[str, str]) -> object:
        answer: object = await self._remote.ask("GET", f"{self._base}/{conversation}/messages", params=params)
        return answer


async def leads_inside(address: str) -> bool:
    """Return whether an address is none of the web, or leads to this machine or to its next neighbours.

    There lie what only the machine itself may ask: its own services, and the keys that a cloud gives it.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return True
    try:
        found = await asyncio.get_running_loop().getaddrinfo(parts.hostname, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False  # nobody is there to be asked
    return any(_inside(ip_address(str(place[0]).partition("%")[0])) for *_, place in found)


def _inside(address: IPv4Address | IPv6Address) -> bool:
    mapped = getattr(address, "ipv4_mapped", None) or address
    return bool(mapped.is_loopback or mapped.is_link_local or mapped.is_unspecified)
