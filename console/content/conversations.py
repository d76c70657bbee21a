"""Conversations from a file: one JSON object a line, checked whole before any of it is used."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from console.content.customers import customer_from_record
from console.content.errors import ContentError
from console.conversation.message import Author, Message
from console.conversation.people import Customer
from console.text import clean, clean_line

_ROLES: Final = ", ".join(author.value for author in Author)


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation as a file tells it; texts are clean."""

    id: str
    customer: Customer
    messages: tuple[Message, ...]
    resolved: bool = False
    """Whether it ended well; a file that does not say so has not said so."""
    disposition: str = ""
    agent: str = ""
    """Name of the agent, where the file gives it."""
    intent: str = ""
    """The behaviour it was worked under, where that is known."""


def read_conversations(path: Path) -> list[Transcript]:
    """Return the conversations of a ``.jsonl`` file, in order.

    Raises :class:`ContentError` naming the file and the first bad line; then nothing of the file is used.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ContentError(path, "there is no such file; name a .jsonl file of conversations") from None
    except UnicodeDecodeError as error:
        bad_line = error.object[: error.start].count(b"\n") + 1
        raise ContentError(path, "not UTF-8 text; save the file as UTF-8", bad_line) from error
    except OSError as error:
        raise ContentError(path, f"cannot be read: {error.strerror or error}") from error
    found: dict[str, Transcript] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            transcript = transcript_from_record(json.loads(line))
        except (ValueError, RecursionError) as error:
            problem = f"not JSON ({error})" if isinstance(error, json.JSONDecodeError) else _first_line(error)
            raise ContentError(path, problem, number) from error
        if transcript.id in found:
            raise ContentError(path, f"the conversation '{transcript.id}' stands here twice", number)
        found[transcript.id] = transcript
    return list(found.values())


def transcript_from_record(record: object) -> Transcript:
    """Return a conversation from a JSON object; raises ``ValueError`` that says what is wrong with it.

    Only ``id`` and each message's ``role`` and ``text`` are required; messages without an id are numbered ``m1`` on.
    """
    if not isinstance(record, Mapping):
        raise ValueError("a conversation is a JSON object with 'id' and 'messages'")
    name = clean_line(str(record.get("id") or ""))
    if not name:
        raise ValueError("the conversation has no 'id'")
    rows = record.get("messages")
    if not isinstance(rows, list):
        raise ValueError("the conversation has no list of 'messages'")
    messages = tuple(_message(row, place) for place, row in enumerate(rows, 1))
    if len({message.id for message in messages}) < len(messages):
        raise ValueError("two messages have the same 'id'")
    resolved = record.get("resolved", False)
    if not isinstance(resolved, bool):
        raise ValueError("'resolved' must be true or false")
    customer = record.get("customer")
    return Transcript(
        id=name,
        customer=customer_from_record(customer) if customer else Customer(id=name),
        messages=messages,
        resolved=resolved,
        disposition=clean_line(str(record.get("disposition") or "")),
        agent=clean_line(str(record.get("agent") or "")),
        intent=clean_line(str(record.get("intent") or "")),
    )


def _message(row: object, place: int) -> Message:
    if not isinstance(row, Mapping):
        raise ValueError(f"message {place} is not a JSON object")
    role, text = row.get("role"), row.get("text")
    if not isinstance(role, str) or role not in set(Author):
        raise ValueError(f"message {place} has the role {role!r}; it must be one of: {_ROLES}")
    if not isinstance(text, str):
        raise ValueError(f"message {place} has no 'text'")
    return Message(
        id=clean_line(str(row.get("id") or f"m{place}")),
        role=Author(role),
        text=clean(text),
        at=_moment(row.get("at"), place),
        author=clean_line(str(row.get("author") or "")),
    )


def _moment(value: Any, place: int) -> datetime | None:  # noqa: ANN401 - JSON is any of its types
    if value in (None, ""):
        return None
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"message {place} has 'at': {value!r}, which is not an ISO time") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
