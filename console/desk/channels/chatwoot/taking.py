"""Taking in what was said in a Chatwoot conversation, each message once, after the last one known."""

from functools import partial
from typing import Final

import structlog

from console.conversation.attachments import Attachment
from console.conversation.message import Author
from console.conversation.people import Customer, Identity
from console.desk.channels.chatwoot.client import ChatwootClient, Profile
from console.desk.channels.chatwoot.reading import By, Contact, Listed, Said
from console.desk.channels.chatwoot.standing import OPEN
from console.desk.channels.conversations import Conversations
from console.desk.channels.files import Files
from console.desk.channels.remote import RemoteFault
from console.desk.desk import Desk
from console.desk.intake import Incoming
from console.desk.log import Cursor, LogError

HISTORY: Final = 100
"""Messages from before the desk met a conversation that are brought along."""

_ROLES: Final = {By.CONTACT: Author.CUSTOMER, By.USER: Author.AGENT, By.BOT: Author.BOT}

_log = structlog.get_logger(__name__)


class Taking:
    """Brings messages of one account to the desk as the channel ``name``; with ``inbox`` only that one's."""

    def __init__(self, desk: Desk, client: ChatwootClient, name: str, inbox: int) -> None:
        self._desk, self._client, self._name, self._inbox = desk, client, name, inbox
        self._places = Conversations(desk.live, desk.intake, name)
        self._files = Files(desk.attachments)

    async def take(self, me: Profile, listed: Listed) -> str:
        """Take in what is new in a conversation and return the desk's; empty where the desk has none for it."""
        if self._inbox and listed.inbox != self._inbox:
            return ""
        conversation = await self._places.known(str(listed.id))
        if not conversation:
            return await self._meet(listed)
        stored = await self._desk.live.call(lambda log: log.cursor(self._cursor(listed.id)))
        last = int(stored or 0)
        while last < listed.newest or last == 0:
            said, on = await self._client.after(listed.id, last)
            if on == last:
                break
            last, cursor, moved = on, Cursor(self._cursor(listed.id), str(on)), False
            for number, one in enumerate(said, 1):
                try:
                    moved = await self._one(me, conversation, one, cursor if number == len(said) else None)
                except (LogError, RemoteFault):
                    raise  # all of it is asked for again
                except Exception:  # one message that cannot be taken must not keep away those behind it, for ever
                    _log.exception("chatwoot: a message is left out", conversation=listed.id, message=one.id)
                    moved = False
            if not moved:
                await self._desk.live.record([], cursor=cursor)
        return conversation

    async def updated(self, said: Said) -> None:
        """Take in what became of a message: deleted by the contact, or read by them."""
        conversation = await self._places.known(str(said.conversation))
        if not conversation:
            return
        if said.deleted and said.by is By.CONTACT:
            await self._desk.afterwards.deleted(conversation, str(said.id), f"{said.id}:deleted")
        if said.read:
            state = await self._desk.live.state(conversation)
            ours = (message for message, reference in state.delivered.items() if reference == str(said.id))
            for message in ours:
                await self._desk.afterwards.read(conversation, message)

    async def typing(self, number: int, *, active: bool) -> None:
        """Tell the desk that the contact types, or has stopped."""
        conversation = await self._places.known(str(number))
        if conversation:
            self._desk.intake.typing(conversation, active)

    async def _meet(self, listed: Listed) -> str:
        """Open a conversation with what was said in it so far; nothing where the contact has said nothing."""
        said = await self._client.latest(listed.id)
        while said and len(said) < HISTORY:
            before = await self._client.latest(listed.id, said[0].id)
            if not before:
                break
            said = before + said
        if all(one.by is not By.CONTACT for one in said):
            return ""
        return await self._places.take_in(
            str(listed.id),
            _customer(listed.contact),
            [await self._incoming(one) for one in said],
            Identity.VERIFIED if listed.contact.verified else Identity.CLAIMED,
            "opened for people on Chatwoot" if listed.status == OPEN else "",
            Cursor(self._cursor(listed.id), str(said[-1].id)),
        )

    async def _one(self, me: Profile, conversation: str, said: Said, cursor: Cursor | None) -> bool:
        """Take in a message; returns whether the cursor moved with it."""
        if said.by is By.USER and said.sender == me.id:
            return False  # our own
        done = await self._desk.intake.receive(conversation, await self._incoming(said), cursor=cursor)
        return cursor is not None and not done.repeated

    async def _incoming(self, said: Said) -> Incoming:
        if said.deleted:
            return Incoming(Author.SYSTEM, "A message was deleted before it was read here.", str(said.id), said.at)
        attachments: tuple[Attachment, ...] = ()
        lines = [said.text] if said.text else []
        for file in said.files:
            found, words = await self._files.take(file.address, file.name, partial(self._client.file, file.address))
            attachments += found
            lines.append(words)
        author = said.name if said.by is By.USER else ""
        return Incoming(_ROLES[said.by], "\n".join(lines), str(said.id), said.at, author, attachments)

    def _cursor(self, number: int) -> str:
        return f"{self._name}:{number}"


def _customer(contact: Contact) -> Customer:
    return Customer(id=f"chatwoot-{contact.id}", name=contact.name, email=contact.email, phone=contact.phone)
