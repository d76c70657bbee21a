"""Commands that read the event log: ``export`` and ``verify``. They work while a server runs."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from console.commands.outcome import CommandError
from console.commands.progress import shown
from console.desk.log import LogDamaged
from console.server.practice_store import practice_to_read
from console.server.reading_log import log_to_read
from console.settings import chosen_settings
from console.store import KeyMissing
from console.store.log import SqlEventLog
from console.workspace import Workspace


@contextmanager
def reading(workspace: Workspace) -> Iterator[SqlEventLog]:
    """Open the log of a workspace for reading."""
    log = log_to_read(workspace, chosen_settings(None, workspace.config))
    if log is None:
        raise CommandError(f"{workspace.root}: there is no event log here yet; the console or 'serve' begins one")
    try:
        yield log
    finally:
        log.close()


def export_log(workspace: Workspace) -> None:
    """Print every event as a line of JSON."""
    with reading(workspace) as log:
        for row in log.export():
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def verify_log(workspace: Workspace) -> int:
    """Check the audit chains of the desk and of practice; returns 0 when they hold, 1 when one does not."""
    try:
        with reading(workspace) as log:
            found = [_verified(log, "The log")]
            settings = chosen_settings(None, workspace.config)
            practice = practice_to_read(workspace, settings, log.key)
        if practice is not None:
            try:
                found.append(_verified(practice, "The log of practice"))
            finally:
                practice.close()
    except (LogDamaged, KeyMissing) as error:
        typer.echo(f"The log is broken: {error}")
        return 1
    return 0 if all(found) else 1


def _verified(log: SqlEventLog, name: str) -> bool:
    """Check a log and say what was found; returns whether it is whole."""
    with shown(f"Checking {name[0].lower()}{name[1:]}") as show:
        verdict = log.verify(progress=lambda done, total: show(done, total, "events"))
    if verdict.whole:
        erased = f" ({verdict.erased} erased)" if verdict.erased else ""
        typer.echo(f"{name} is whole: {verdict.events} events{erased}.")
        return True
    where = f"event {verdict.broken}: " if verdict.broken is not None else ""
    typer.echo(f"{name} is broken: {where}{verdict.reason}")
    return False
