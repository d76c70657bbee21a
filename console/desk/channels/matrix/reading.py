"""What a homeserver sends, as plain values. Pure; nothing that is sent makes it raise, but an answer without a cursor.

What is not named here is passed over: a customer writes, edits and deletes, types and reads, comes and goes. Whatever
else somebody sets in a room (its name, its rights, state of their own making) means nothing to the desk.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from console.desk.channels.remote import RemoteFault
from console.desk.channels.shapes import a_dict, a_list, a_text

_FILES: Final = frozenset({"m.image", "m.file", "m.audio", "m.video", "m.sticker"})
_TEXTS: Final = frozenset({"m.text", "m.notice", "m.emote", "m.location"})


@dataclass(frozen=True, slots=True)
class File:
    """A file that a message brings: where it lies, and how it is called."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class Written:
    """Somebody wrote; ``edits`` is the event that this one puts right."""

    id: str
    sender: str
    text: str
    at: datetime | None = None
    file: File | None = None
    edits: str = ""


@dataclass(frozen=True, slots=True)
class Deleted:
    """Somebody deleted an event."""

    id: str
    sender: str
    target: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something came that the desk cannot show, and why, in words for the agent."""

    id: str
    sender: str
    why: str


@dataclass(frozen=True, slots=True)
class Came:
    """A member came (or changed their name), or went."""

    id: str
    user: str
    name: str
    here: bool
    new: bool
    """Whether they were not here before."""


RoomEvent = Written | Deleted | Unreadable | Came


@dataclass(frozen=True, slots=True)
class RoomNews:
    """What happened in a room: the newest events, oldest first."""

    room: str
    events: tuple[RoomEvent, ...] = ()
    limited: bool = False
    """Whether there were more before these, back from ``before``."""
    before: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    """Names of members, by user id."""
    typing: frozenset[str] | None = None
    """Who types; ``None`` where that did not change."""
    read: tuple[tuple[str, str], ...] = ()
    """Who has read up to which event."""


@dataclass(frozen=True, slots=True)
class Sync:
    """What happened, and from where to ask again."""

    next: str
    rooms: tuple[RoomNews, ...] = ()
    invitations: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    """Rooms that the desk's user is no longer in."""


def read_sync(answer: object) -> Sync:
    """Return what an answer of ``/sync`` says; raises :class:`RemoteFault` where it has no cursor."""
    token = a_dict(answer).get("next_batch")
    if not isinstance(token, str) or not token:
        raise RemoteFault("the answer holds no 'next_batch'")
    rooms = a_dict(a_dict(answer).get("rooms"))
    return Sync(
        token,
        tuple(_room(name, a_dict(body)) for name, body in a_dict(rooms.get("join")).items()),
        tuple(a_dict(rooms.get("invite"))),
        tuple(a_dict(rooms.get("leave"))),
    )


def read_event(raw: object) -> RoomEvent | None:
    """Return what one event of a room says; ``None`` where that is nothing to the desk."""
    event = a_dict(raw)
    name, sender, content = a_text(event.get("event_id")), a_text(event.get("sender")), a_dict(event.get("content"))
    if not name or not sender:
        return None
    read = _READERS.get(a_text(event.get("type")))
    return read(name, sender, content, event) if read else None


def _written(name: str, sender: str, content: dict[str, Any], event: dict[str, Any]) -> RoomEvent | None:
    if "redacted_because" in a_dict(event.get("unsigned")):
        return Unreadable(name, sender, "deleted a message before it was read here")
    relation = a_dict(content.get("m.relates_to"))
    edits = a_text(relation.get("event_id")) if relation.get("rel_type") == "m.replace" else ""
    shown = a_dict(content.get("m.new_content")) or content if edits else content
    kind = "m.sticker" if event.get("type") == "m.sticker" else a_text(shown.get("msgtype"))
    body, at = a_text(shown.get("body")), _moment(event.get("origin_server_ts"))
    if "m.in_reply_to" in relation:
        body = _without_quote(body)
    if kind in _FILES and not edits:
        if "file" in shown:
            return Unreadable(name, sender, "sent an encrypted file, which the desk cannot read")
        called = a_text(shown.get("filename")) or body
        caption = body if a_text(shown.get("filename")) not in {"", body} else ""
        return Written(name, sender, caption, at, File(a_text(shown.get("url")), called))
    if kind in _TEXTS or body:  # of a kind that is not known, what it says in words
        return Written(name, sender, f"* {body}" if kind == "m.emote" else body, at, None, edits)
    return None


def _deleted(name: str, sender: str, content: dict[str, Any], event: dict[str, Any]) -> Deleted | None:
    target = a_text(event.get("redacts")) or a_text(content.get("redacts"))
    return Deleted(name, sender, target) if target else None


def _encrypted(name: str, sender: str, _: dict[str, Any], __: dict[str, Any]) -> Unreadable:
    return Unreadable(name, sender, "sent an encrypted message, which the desk cannot read")


def _came(name: str, _: str, content: dict[str, Any], event: dict[str, Any]) -> Came | None:
    user, membership = a_text(event.get("state_key")), a_text(content.get("membership"))
    if not user or membership not in {"join", "leave", "ban"}:
        return None
    before = a_dict(a_dict(event.get("unsigned")).get("prev_content")).get("membership")
    return Came(name, user, a_text(content.get("displayname")), membership == "join", before != "join")


_READERS: Final[Mapping[str, Callable[[str, str, dict[str, Any], dict[str, Any]], RoomEvent | None]]] = {
    "m.room.message": _written,
    "m.sticker": _written,
    "m.room.redaction": _deleted,
    "m.room.encrypted": _encrypted,
    "m.room.member": _came,
}
"""What a customer can do in a room; each reader takes the event's id, its sender, its content and all of it."""


def _room(name: str, body: dict[str, Any]) -> RoomNews:
    timeline, state = a_dict(body.get("timeline")), a_dict(body.get("state"))
    raw = a_list(timeline.get("events"))
    ephemeral = [a_dict(event) for event in a_list(a_dict(body.get("ephemeral")).get("events"))]
    typing = next((a_dict(e.get("content")) for e in ephemeral if e.get("type") == "m.typing"), None)
    receipts = [a_dict(e.get("content")) for e in ephemeral if e.get("type") == "m.receipt"]
    return RoomNews(
        name,
        tuple(event for one in raw if (event := read_event(one)) is not None),
        timeline.get("limited") is True,
        a_text(timeline.get("prev_batch")),
        {user: called for one in [*a_list(state.get("events")), *raw] for user, called in _names(one)},
        None if typing is None else frozenset(filter(None, map(a_text, a_list(typing.get("user_ids"))))),
        tuple(pair for content in receipts for pair in _receipts(content)),
    )


def _names(raw: object) -> Iterator[tuple[str, str]]:
    event = read_event(raw) if a_dict(raw).get("type") == "m.room.member" else None
    if isinstance(event, Came) and event.name:
        yield event.user, event.name


def _receipts(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for event, kinds in content.items():
        for user in a_dict(a_dict(kinds).get("m.read")):
            yield user, event


def _without_quote(body: str) -> str:
    """Return a reply without the quote that older clients put before it."""
    lines = body.split("\n")
    while lines and lines[0].startswith("> "):
        lines.pop(0)
    return "\n".join(lines).strip("\n")


def _moment(milliseconds: object) -> datetime | None:
    if not isinstance(milliseconds, int) or isinstance(milliseconds, bool):
        return None
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (OverflowError, OSError, ValueError):
        return None
