"""Commands that read the event log: ``export``, ``verify``, ``report``. They work while a server runs."""

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from console.commands.outcome import CommandError, say
from console.commands.progress import shown
from console.conversation.events import event_from_json
from console.desk.log import LogDamaged
from console.review.report import report_of
from console.store import KeyMissing, open_log
from console.store.log import SqlEventLog
from console.workspace import Workspace, config_folder


@contextmanager
def reading(workspace: Workspace) -> Iterator[SqlEventLog]:
    """Open the log of a workspace for reading."""
    if not workspace.database.exists():
        raise CommandError(f"{workspace.root}: there is no event log here yet; the console or 'serve' begins one")
    log = open_log(workspace.root, config_folder(), read_only=True)
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


def print_report(workspace: Workspace, *, as_json: bool, html: Path | None) -> None:
    """Print the report as a table or as JSON, or write it as a page."""
    with reading(workspace) as log:
        events = (event for row in log.export() if (event := event_from_json(row)))
        report = report_of(events)
    if html:
        from console.review.page import page_of

        html.write_text(page_of(report), encoding="utf-8")
        say(f"Written to {html}.")
    elif as_json:
        typer.echo(json.dumps(report, ensure_ascii=False))
    else:
        from console.review.table import table_of

        for line in table_of(report, shutil.get_terminal_size().columns):
            typer.echo(line)
