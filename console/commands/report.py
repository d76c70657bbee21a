"""The command ``report``: figures from the event log. It works while a server runs."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer

from console.commands.log import reading
from console.commands.outcome import CommandError, say
from console.commands.progress import shown
from console.commands.report_book import Counted
from console.content.errors import ContentError
from console.content.library import Library
from console.content.loader import load_library
from console.conversation.automation import Automation
from console.conversation.codec import encode
from console.conversation.events import Event
from console.conversation.reviews import WEEKS
from console.conversation.upkeep import Gaps
from console.review.asked_in import asked_in
from console.review.automating.report import automated
from console.review.book import Book
from console.review.forecast.arrivals import Arrivals
from console.review.forecast.forecasting import Ways, forecast_of
from console.review.quality.quality import named_of
from console.review.reading import lead_book, reported
from console.review.report import report_of
from console.review.report_rows import rows_of
from console.review.reviewing.rows import ParquetMissing, csv_of, write_parquet
from console.review.reviewing.window import LEAD_IN, beginning
from console.review.upkeep_lines import upkeep_report, with_upkeep
from console.server.log_time import time_in
from console.server.money import money_of
from console.settings import chosen_settings
from console.store.log import SqlEventLog
from console.workspace import Workspace
from knowledge import KnowledgeError


@dataclass(frozen=True, slots=True)
class Files:
    """Where the report is to be written: as a page, and its figures as rows."""

    html: Path | None = None
    csv: Path | None = None
    parquet: Path | None = None


def print_report(
    workspace: Workspace, config: Path | None, *, as_json: bool, files: Files, weeks: int, wait: Callable[[], Counted]
) -> None:
    """Print the report as a table or as JSON, or write it into files; its review is of the last ``weeks``.

    ``wait`` waits for whoever counts the report's own figures meanwhile, and returns them: see
    :mod:`console.commands.report_book`.
    """
    if weeks not in WEEKS:
        raise CommandError(f"--weeks is one of {', '.join(map(str, WEEKS))}")
    money = money_of(chosen_settings(config, workspace.config))
    with (
        _log_if_any(workspace) as log,
        shown("Reading the log") as show,
    ):
        now, library = time_in(log) if log else datetime.now(UTC), _library(workspace)
        named = named_of(library.rubric if library else None)
        book = lead_book(log, workspace.books, now, weeks, show) if log else Book(beginning(now, weeks) - LEAD_IN)
        forecast = forecast_of(book.of(Arrivals), now, weeks, _ways(workspace, config, library))
        automation = _automation(workspace, config, library, log, book, now, weeks)
        upkeep = _upkeep(workspace, config, asked_in(log, now) if log and workspace.knowledge.is_dir() else [], now)
        books = workspace.books
        report = reported(log, books, now, weeks, show, book, money, named, wait) if log else report_of((), now, weeks)
    report = with_upkeep(report, upkeep) | {"forecast": encode(forecast), "automation": encode(automation)}
    if any((files.html, files.csv, files.parquet)):
        _write(report, files)
    elif as_json:
        typer.echo(json.dumps(report, ensure_ascii=False))
    else:
        from console.review.table import table_of

        width = shutil.get_terminal_size().columns
        for line in table_of(report, width):
            typer.echo(line)


def _write(report: Mapping[str, Any], files: Files) -> None:
    """Write the report as a page, and its figures as rows."""
    if files.html:
        from console.review.page import page_of

        files.html.write_text(page_of(report), encoding="utf-8")
        say(f"Written to {files.html}.")
    if files.csv:
        files.csv.write_text(csv_of(rows_of(report)), encoding="utf-8", newline="")
        say(f"Written to {files.csv}.")
    if files.parquet:
        try:
            write_parquet(rows_of(report), files.parquet)
        except ParquetMissing as error:
            raise CommandError(str(error)) from error
        say(f"Written to {files.parquet}.")


def _library(workspace: Workspace) -> Library | None:
    """Return the content; ``None`` where it cannot be used: the rest of the report needs none."""
    try:
        return load_library(workspace.content)
    except ContentError:
        return None


def _automation(
    workspace: Workspace,
    config: Path | None,
    library: Library | None,
    log: SqlEventLog | None,
    book: Book,
    now: datetime,
    weeks: int,
) -> Automation:
    """Return what could be automated; nothing where there is no model, or content that can be used, to say so."""
    from console.commands.knowledge import embedder_of

    if log is None or library is None or not workspace.knowledge.is_dir():
        return Automation(weeks)
    try:
        embedder = embedder_of(chosen_settings(config, workspace.config))
    except KnowledgeError:
        return Automation(weeks)
    return automated(book, log, now, weeks, embedder, library, workspace.books)


def _ways(workspace: Workspace, config: Path | None, library: Library | None) -> Ways:
    """Return what the workspace has set that a forecast goes by."""
    queue = chosen_settings(config, workspace.config).queue
    return Ways(library.hours if library else None, queue.capacity, queue.first_answer[0])


@contextmanager
def _log_if_any(workspace: Workspace) -> Iterator[SqlEventLog | None]:
    """Open the log for reading; none, where there is no log yet but something else to report on."""
    if not workspace.database.exists() and (workspace.knowledge.is_dir() or workspace.config.exists()):
        say(f"{workspace.root}: there is no event log here yet; the figures are those of no conversation")
        yield None
        return
    with reading(workspace) as log:
        yield log


def _upkeep(workspace: Workspace, config: Path | None, history: list[Event], now: datetime) -> dict[str, Any]:
    """Return what the knowledge base lacks and where it contradicts itself; why not, where it cannot be looked at."""
    from console.commands.knowledge import embedder_of
    from console.server.upkeep import Upkeep

    if not workspace.knowledge.is_dir():
        return upkeep_report(Gaps(()), (), "there is no knowledge base yet; 'secondchair index PATH' makes one")
    try:
        settings = chosen_settings(config, workspace.config)
        upkeep = Upkeep(workspace, settings, embedder_of(settings))
        return upkeep_report(upkeep.gaps(history, now), upkeep.contradictions())
    except KnowledgeError as error:  # the rest of the report needs no model and no index
        return upkeep_report(Gaps(()), (), str(error))
