"""``secondchair customer``: what the desk keeps about one customer, written out or taken away."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

import typer

from console.commands.alone import log_alone, unanswered
from console.commands.outcome import CommandError, say
from console.commands.progress import shown
from console.desk.customer_export import Kept, export
from console.review.book_file import forget_all
from console.server.assembly import erased_in
from console.server.lock import Served, served
from console.server.log_time import time_in
from console.server.past_folder import PastFolder
from console.server.reading_log import log_to_read
from console.server.stores import files_of
from console.settings import Settings
from console.store import SqlEventLog
from console.workspace import Workspace

PATIENCE: Final = 600.0
"""Seconds that a running server may take: past conversations are put together anew without the erased ones."""

RECORDS: Final = {"customers.jsonl": ("id",), "past.jsonl": ("customer", "id")}
"""Files of a workspace's content that people write about customers, and where a line names whose it is."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What was erased, and what could not be."""

    events: int
    conversations: int
    files: int
    left: str = ""


def erase(workspace: Workspace, settings: Settings, customer: str, *, sure: bool) -> None:
    """Erase a customer's conversations and files; without ``sure`` it is asked for once more.

    A server that runs on the workspace does it, so that it need not be stopped; others that share its database hear
    of it. Raises :class:`CommandError` with what to do.
    """
    if not settings.store.address and not workspace.database.exists():
        raise CommandError(f"{workspace.root}: there is no event log here, so there is nothing to erase")
    if not customer:
        raise CommandError("name the customer to erase; 'secondchair export' shows the ids")
    if not sure:
        typer.confirm(f"Erase all conversations of customer '{customer}' and their files, for good?", abort=True)
    running = served(workspace)
    done = _by_server(running, customer) if running else _alone(workspace, settings, customer)
    typer.echo(_told(done, customer))
    for line in remaining(workspace, settings, customer):
        say(line)
    if done.left:
        raise CommandError(done.left)


def export_customer(workspace: Workspace, settings: Settings, customer: str, to: Path | None) -> int:
    """Write all that is kept about a customer into a .zip; returns 1 where there is nothing. A server may run."""
    log = log_to_read(workspace, settings)
    if log is None:
        raise CommandError(f"{workspace.root}: there is no event log here, so nothing is kept")
    target = to or Path(f"customer-{re.sub(r'[^A-Za-z0-9._-]+', '-', customer).strip('-.') or 'unnamed'}.zip")
    try:
        files = files_of(workspace, settings, log)
        with shown("Exporting") as show:
            written = _write(target, export(Kept(log, files, PastFolder(workspace.past)), customer, show))
    finally:
        log.close()
    if not written:
        say(f"There is nothing here of a customer '{customer}'; 'secondchair export' shows the ids.")
        return 1
    typer.echo(f"Written to {target}: {written:,} bytes.")
    say("It holds personal data in clear; keep it where nobody else reads it, and delete it once it is handed over.")
    return 0


def _write(target: Path, pieces: Iterator[bytes]) -> int:
    """Write a file that only its owner may read, whole or not at all; returns its size."""
    new, size = target.with_name(f".{target.name}.{os.getpid()}"), 0
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            for piece in pieces:
                size += file.write(piece)
        if size:
            new.replace(target)
    finally:
        new.unlink(missing_ok=True)
    return size


def remaining(workspace: Workspace, settings: Settings, customer: str) -> list[str]:
    """Return, in lines, where the customer still stands in files that people write or keep themselves."""
    lines = []
    for name, place in RECORDS.items():
        file = workspace.authored / name
        if found := _lines_of(file, place, customer):
            where = ", ".join(map(str, found))
            again = "; then 'secondchair publish'" if settings.store.address else ""
            lines.append(f"{file}: line {where} is about them and is yours to take out{again}.")
    if settings.store.address and workspace.database.exists():
        lines.append(f"{workspace.database}: the log as it was before it was moved still holds them; delete that file.")
    return lines


def _by_server(running: Served, customer: str) -> Gone:
    import httpx

    try:
        answer = httpx.post(
            f"{running.url}/v1/customers/{quote(customer, safe='')}/erase",
            headers={"Authorization": f"Bearer {running.token}"},
            timeout=PATIENCE,
        )
        told = answer.json()
        if answer.is_success:
            return Gone(told["events"], told["conversations"], told["files"], told["left"])
        raise CommandError(f"the desk server did not erase: {told['error']['message']}")
    except (OSError, httpx.HTTPError, KeyError, ValueError) as error:
        raise unanswered(running, error) from error


def _alone(workspace: Workspace, settings: Settings, customer: str) -> Gone:
    with log_alone(workspace, settings) as log:
        return _erased(workspace, settings, log, customer)


def _erased(workspace: Workspace, settings: Settings, log: SqlEventLog, customer: str) -> Gone:
    """Erase with nobody else at work here. Events first: cut short after them, this command again does the rest."""
    past = PastFolder(workspace.past)
    done = log.erase(customer, at=time_in(log), also=past.of_customer(customer))
    left = ""
    try:
        past.forget(erased_in(log))
        workspace.questions.unlink(missing_ok=True)  # what was asked in vain; it is made again
        forget_all(workspace.books)
        kept = files_of(workspace, settings, log)
        # where there are others, they may be putting files right now
        files = kept.remove(done.files) if settings.store.address else kept.keep_only(log.attachments())
    except OSError as error:
        files = 0
        left = (
            f"{done.events} events are erased, but {error.filename} could not be deleted ({error.strerror or error}); "
            "make it writable and run this again"
        )
    return Gone(done.events, len(done.conversations), files, left)


def _told(done: Gone, customer: str) -> str:
    if not (done.events or done.conversations or done.files):
        return f"There is nothing here of a customer '{customer}'; 'secondchair export' shows the ids."
    events, files = (f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((done.events, "event"), (done.files, "file")))
    return f"Erased: {events}, {files}."


def _lines_of(file: Path, place: tuple[str, ...], customer: str) -> list[int]:
    """Return the numbers of the lines whose value at ``place`` is the customer's id; none where they cannot be read."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    return [number for number, line in enumerate(lines, 1) if _value_at(line, place) == customer]


def _value_at(line: str, place: tuple[str, ...]) -> object:
    try:
        value = json.loads(line)
        for key in place:
            value = value[key]
    except (ValueError, KeyError, TypeError):
        return None
    return value
