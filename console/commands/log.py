"""Commands that read the event log: ``export`` and ``verify``. They work while a server runs."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from console.commands.outcome import CommandError
from console.commands.progress import shown
from console.desk.log import LogDamaged
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
    """Check the audit chain; returns 0 when it holds, 1 when it does not."""
    try:
        with reading(workspace) as log, shown("Checking the log") as show:
            verdict = log.verify(progress=lambda done, total: show(done, total, "events"))
    except (LogDamaged, KeyMissing) as error:
        typer.echo(f"The log is broken: {error}")
        return 1
    if verdict.whole:
        erased = f" ({verdict.erased} erased)" if verdict.erased else ""
        typer.echo(f"The log is whole: {verdict.events} events{erased}.")
        return 0
    where = f"event {verdict.broken}: " if verdict.broken is not None else ""
    typer.echo(f"The log is broken: {where}{verdict.reason}")
    return 1
