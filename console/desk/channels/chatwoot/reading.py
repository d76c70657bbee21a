"""What Chatwoot sends, as plain values. Pure; nothing that is sent makes it raise."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from console.desk.channels.shapes import a_dict, a_list, a_number, a_text


class By(StrEnum):
    """Who wrote a message."""

    CONTACT = "contact"
    USER = "user"
    """Somebody on Chatwoot's own screens."""
    BOT = "bot"
    """An agent bot, or Chatwoot itself by a template."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that a message brings: where it lies, and how it is called."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """A message that the contact sees; ``sender`` is the number of the user or contact, 0 where there is none."""

    id: int
    conversation: int
    by: By
    text: str
    sender: int = 0
    name: str = ""
    at: datetime | None = None
    files: tuple[File, ...] = ()
    deleted: bool = False
    read: bool = False
    """Whether the contact has read it; known of messages to them only."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Who writes."""

    id: int
    name: str = ""
    email: str = ""
    phone: str = ""
    verified: bool = False
    """Whether the page that shows the widget vouches for them."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation as it stands in the list."""

    id: int
    inbox: int
    status: str
    contact: Contact
    newest: int = 0
    """Number of its newest message."""
    active_at: int = 0
    """When something was last said in it, in seconds since 1970."""


_INCOMING: Final = 0
_OUTGOING: Final = 1
_TEMPLATE: Final = 3
_KINDS: Final = {"incoming": _INCOMING, "outgoing": _OUTGOING, "template": _TEMPLATE}


def read_conversations(answer: object) -> list[Listed]:
    """Return the conversations of one page of the list."""
    found = (_listed(a_dict(raw)) for raw in a_list(a_dict(a_dict(answer).get("data")).get("payload")))
    return [listed for listed in found if listed.id]


def read_messages(answer: object, conversation: int) -> list[Said]:
    """Return the messages of one page that the contact sees, oldest first."""
    found = (read_message(raw, conversation) for raw in a_list(a_dict(answer).get("payload")))
    return sorted((said for said in found if said is not None), key=lambda said: said.id)


def newest(answer: object) -> int:
    """Return the highest number on one page of messages, whoever sees them; 0 for an empty one."""
    return max((a_number(a_dict(raw).get("id")) for raw in a_list(a_dict(answer).get("payload"))), default=0)


def read_message(raw: object, conversation: int = 0) -> Said | None:
    """Return a message; ``None`` for notes among staff, for what Chatwoot tells of its own doings, and for nonsense."""
    message = a_dict(raw)
    number, kind = a_number(message.get("id")), message.get("message_type")
    kind = _KINDS.get(kind) if isinstance(kind, str) else kind if isinstance(kind, int) else None
    if not number or message.get("private") is True or kind not in {_INCOMING, _OUTGOING, _TEMPLATE}:
        return None
    sender = a_dict(message.get("sender"))
    attributes = a_dict(message.get("content_attributes"))
    return Said(
        number,
        a_number(message.get("conversation_id")) or conversation,
        _by(kind, sender),
        a_text(message.get("content")),
        a_number(sender.get("id")),
        a_text(sender.get("name")),
        _moment(message.get("created_at")),
        tuple(_files(message)),
        attributes.get("deleted") is True,
        message.get("status") == "read",
    )


def _by(kind: int, sender: dict[str, Any]) -> By:
    if kind == _INCOMING:
        return By.CONTACT
    return By.USER if kind == _OUTGOING and sender.get("type") == "user" else By.BOT


def _files(message: dict[str, Any]) -> Iterator[File]:
    for raw in a_list(message.get("attachments")):
        attachment = a_dict(raw)
        address = a_text(attachment.get("data_url"))
        if address:
            name = address.partition("?")[0].rpartition("/")[2]
            yield File(address, name or a_text(attachment.get("fallback_title")))


def _listed(raw: dict[str, Any]) -> Listed:
    meta = a_dict(raw.get("meta"))
    sender = a_dict(meta.get("sender"))
    contact = Contact(
        a_number(sender.get("id")),
        a_text(sender.get("name")),
        a_text(sender.get("email")),
        a_text(sender.get("phone_number")),
        meta.get("hmac_verified") is True,
    )
    last = [a_number(a_dict(message).get("id")) for message in a_list(raw.get("messages"))]
    return Listed(
        a_number(raw.get("id")),
        a_number(raw.get("inbox_id")),
        a_text(raw.get("status")),
        contact,
        max(last, default=0),
        a_number(raw.get("last_activity_at")) or a_number(raw.get("timestamp")),
    )


def _moment(seconds: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(a_number(seconds), UTC) if a_number(seconds) else None
    except (OverflowError, OSError, ValueError):
        return None
