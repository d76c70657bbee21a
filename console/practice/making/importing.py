"""Runs of a benchmark or of another desk, as conversations that scenarios are made from.

A file holds a JSON list, or one object a line; it may be packed with gzip. Of each object are read:

- ``messages`` (or ``traj``): ``role`` and ``content`` (or ``text``) of each. ``user`` is the customer, ``assistant``
  the agent; ``customer``, ``agent``, ``bot`` and ``system`` are what they are here. Of what tools returned, the plain
  values of a record are read; instructions to a model (``system`` beside ``user`` and ``assistant``) are left out.
- ``id``, or ``task_id`` and ``trial``
- ``resolved``, or ``reward``: whether it ended well (1)
- ``customer``: a record as in ``customers.jsonl``; or ``info.task.user_id``, a name in small letters
- ``subject``, ``reason``, ``intent``, ``disposition``, where there are any
- ``day``, as ``2026-01-31``, or the present day that the instructions to a model name; today where there is none
- ``brief``, or ``info.task.instruction``: what a simulated customer was told to want
"""

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from console.content.customers import customer_from_record
from console.content.errors import ContentError
from console.conversation.message import Author, Message
from console.conversation.people import Customer
from console.practice.making.escalation import Escalation
from console.text import clean, clean_line

LARGEST: Final = 400_000_000
"""Characters of a file, unpacked."""

LONGEST_BRIEF: Final = 1_200
"""Characters of what a simulated customer was told."""

_ROLES: Final = {"user": Author.CUSTOMER, "assistant": Author.AGENT, **{one.value: one for one in Author}}
_USER: Final = re.compile(r"^([a-z]+)_([a-z]+)_\d+$")
_PRESENT: Final = re.compile(r"\b(?:current|present) (?:time|date|day) is (\d{4}-\d\d-\d\d)", re.IGNORECASE)
_BOLD: Final = re.compile(r"\*\*(?=\S)([^*\n]+)(?<=\S)\*\*")
_PERSONAL: Final = re.compile(r"name|user|mail|phone|address|birth|dob|payment|card|password|zip|post", re.IGNORECASE)
_CLOCK: Final = re.compile(r"(?<=\d{4}-\d\d-\d\d)T[\d:.]+Z?$")
_FEWEST_VALUES: Final = 2
_SIGNAL: Final = re.compile(r"^#+[A-Z_]+#+$")
"""What a simulated user writes to end a run."""


def read_runs(path: Path, today: date) -> list[Escalation]:
    """Return the runs of a file, in order; raises :class:`ContentError` that says which is none."""
    try:
        with path.open("rb") as file, gzip.open(file) if path.suffix == ".gz" else file as opened:
            text = opened.read(LARGEST).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise ContentError(path, f"cannot be read: {error}") from error
    found = []
    for number, row in enumerate(_rows(path, text), 1):
        try:
            found.append(run_of(row, today))
        except ValueError as error:
            raise ContentError(path, f"run {number}: {str(error).splitlines()[0]}") from error
    return found


def run_of(row: object, today: date) -> Escalation:
    """Return one run; raises ``ValueError`` that says what is wrong with it."""
    if not isinstance(row, Mapping):
        raise ValueError("a run is a JSON object")
    told = row.get("messages", row.get("traj"))
    if not isinstance(told, list):
        raise ValueError("it has no list of 'messages'")
    name = clean_line(str(row.get("id") or "-".join(str(row[k]) for k in ("task_id", "trial") if k in row)))
    if not name:
        raise ValueError("it has no 'id'")
    return Escalation(
        id=f"import-{name}",
        customer=_customer(row, name),
        messages=tuple(_messages(told)),
        day=_day(row, told) or today,
        reason=clean_line(str(row.get("reason") or "")) or "came straight to a person",
        resolved=bool(row.get("resolved", row.get("reward", 0) == 1)),
        subject=clean_line(str(row.get("subject") or "")),
        intent=clean_line(str(row.get("intent") or "")),
        disposition=clean_line(str(row.get("disposition") or "")),
        brief=clean_line(str(row.get("brief") or _task(row).get("instruction") or ""), LONGEST_BRIEF),
        looked_up=frozenset(_looked_up(told)),
    )


def _rows(path: Path, text: str) -> Iterator[Any]:
    try:
        if text.lstrip().startswith("["):
            yield from json.loads(text)
        else:
            yield from (json.loads(line) for line in text.split("\n") if line.strip())
    except (ValueError, RecursionError) as error:
        raise ContentError(path, f"not JSON ({error})") from error


def _messages(told: list[Any]) -> Iterator[Message]:
    foreign = any(isinstance(one, Mapping) and one.get("role") in {"user", "assistant"} for one in told)
    for number, one in enumerate(told, 1):
        role = one.get("role") if isinstance(one, Mapping) else None
        text = one.get("content", one.get("text")) if isinstance(one, Mapping) else None
        instructs = foreign and role == "system"
        if role == "tool" and (finding := _finding(text)):
            yield Message(f"m{number}", Author.SYSTEM, finding)
        if (
            role not in _ROLES
            or instructs
            or not isinstance(text, str)
            or not text.strip()
            or _SIGNAL.match(text.strip())
        ):
            continue
        yield Message(f"m{number}", _ROLES[role], clean(_BOLD.sub(r"\1", text)))


def _day(row: Mapping[str, Any], told: list[Any]) -> date | None:
    """Return the day of a run: its own, or the one that the instructions to a model name as the present one."""
    instructions = [str(m.get("content") or "") for m in told if isinstance(m, Mapping) and m.get("role") == "system"]
    found = next((match[1] for text in instructions if (match := _PRESENT.search(text))), "")
    try:
        return date.fromisoformat(str(row.get("day") or found))
    except ValueError:
        return None


def _finding(text: object) -> str:
    """Return the plain values of a record that a tool found, in a line; empty for anything else.

    What lies deeper is left out, and so is what tells who somebody is: the agent needs how the matter stands.
    """
    try:
        record = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return ""
    if not isinstance(record, Mapping):
        return ""
    plain = {key: value for key, value in record.items() if isinstance(value, str | int | float) and value != ""}
    told = [f"{key.replace('_', ' ')} {_plainly(value)}" for key, value in plain.items() if not _PERSONAL.search(key)]
    return clean_line("; ".join(told), LONGEST_BRIEF) if len(told) >= _FEWEST_VALUES else ""


def _plainly(value: str | float) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    words = _CLOCK.sub("", str(value))
    return words.replace("_", " ") if words.islower() and not any(map(str.isdigit, words)) else words


def _looked_up(told: list[Any]) -> Iterator[str]:
    """Yield the ids of what tools found and of the agent's messages that follow; one without words is a call of one."""
    found = False
    for number, one in enumerate(told, 1):
        role = one.get("role") if isinstance(one, Mapping) else None
        text = one.get("content", one.get("text")) if isinstance(one, Mapping) else ""
        spoken = bool(text)
        if role == "tool" and _finding(text):
            yield f"m{number}"
        if found and spoken and _ROLES.get(str(role)) is Author.AGENT:
            yield f"m{number}"
        found = role == "tool" or (found and not spoken)


def _task(row: Mapping[str, Any]) -> Mapping[str, Any]:
    info = row.get("info")
    task = info.get("task") if isinstance(info, Mapping) else None
    return task if isinstance(task, Mapping) else {}


def _customer(row: Mapping[str, Any], name: str) -> Customer:
    if row.get("customer"):
        return customer_from_record(row["customer"])
    user = str(_task(row).get("user_id") or "")
    named = _USER.match(user)
    called = f"{named[1].title()} {named[2].title()}" if named else ""
    return Customer(user or name, called, called.partition(" ")[0])
