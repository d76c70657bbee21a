"""``secondchair redact``: what would leave the machine, before anything does."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from console.assist.redaction import Redaction
from console.content.conversations import transcript_from_record
from console.content.customers import customer_from_record
from console.content.errors import ContentError
from console.conversation.people import Customer


def redact_file(file: Path) -> None:
    """Print every text of a file as it would leave the machine, and what is taken out of it.

    Raises :class:`ContentError` naming the file and line at the first bad one; the lines before it are printed.
    """
    for number, line in _lines(file):
        try:
            rows = list(_redacted(json.loads(line)))
        except (ValueError, RecursionError) as error:
            problem = f"not JSON ({error})" if isinstance(error, json.JSONDecodeError) else str(error).split("\n")[0]
            raise ContentError(file, problem, number) from error
        for row in rows:
            sys.stdout.write(_shown(row) + "\n")
        sys.stdout.flush()


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that hold something, with their numbers."""
    try:
        with file.open(encoding="utf-8-sig", newline="\n") as opened:
            for number, line in enumerate(opened, 1):
                if line.strip():
                    yield number, line
    except FileNotFoundError:
        raise ContentError(file, "there is no such file; name a .jsonl file of texts or conversations") from None
    except UnicodeDecodeError as error:
        raise ContentError(file, "not UTF-8 text; save the file as UTF-8") from error


def _redacted(record: object) -> Iterator[dict[str, Any]]:
    """Yield the rows for a line: one for a text, one a message for a conversation."""
    if not isinstance(record, Mapping):
        raise ValueError('a line is a JSON object: {"id","text"}, or a conversation with "id" and "messages"')
    if "messages" in record:
        talk = transcript_from_record(record)
        redaction = Redaction.of(talk.customer, talk.messages)
        for message in talk.messages:
            row = {"conversation": talk.id, "id": message.id, "role": message.role.value}
            yield row | _row(redaction, message.text)
        return
    text = record.get("text")
    if not isinstance(text, str):
        raise ValueError("the line has neither a 'text' nor 'messages'")
    customer = record.get("customer")
    known = customer_from_record(customer) if customer else Customer(id="")
    yield {"id": record.get("id")} | _row(Redaction.of(known, ()), text)


def _row(redaction: Redaction, text: str) -> dict[str, Any]:
    found = [
        {"kind": each.kind.value.lower(), "text": each.text, "start": each.start, "end": each.end}
        for each in redaction.found(text)
    ]
    return {"text": redaction.hidden(text), "found": found}


def _shown(row: Mapping[str, Any]) -> str:
    """Return a row as JSON in which what a terminal would obey is written as an escape."""
    line = json.dumps(row, ensure_ascii=False)
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)
