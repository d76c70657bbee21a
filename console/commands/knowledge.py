"""``secondchair index`` and ``secondchair search``."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import get_terminal_size
from textwrap import fill, shorten
from time import perf_counter
from typing import Any, Final

import typer

from console.commands.losses import told
from console.commands.outcome import CommandError, say
from console.commands.progress import Show, shown
from console.conversation.passages import gist
from console.server.index import open_index
from console.settings import Settings, chosen_settings
from console.workspace import Workspace, cache_folder
from knowledge import (
    Answer,
    Embedder,
    IndexDamaged,
    IndexMissing,
    KnowledgeIndex,
    Progress,
    Report,
    SitePrivate,
    load_site,
    open_embedder,
)

WIDEST: Final = 100
"""Columns of text that are still read with ease."""

MOST_SAID: Final = 300
"""Characters of a passage that are printed."""


def index_documents(
    workspace: Workspace, paths: list[str], config: Path | None, *, private_hosts: bool = False
) -> Mapping[str, int]:
    """Make the index hold the documents of each path or site; what is skipped is named on standard error.

    Returns what damage cost other sources, now or before, in documents by source.
    """
    if not paths:
        raise CommandError("name the folders or files to index, or the address of a site")
    missing = [path for path in paths if not _is_address(path) and not Path(path).exists()]
    if missing:
        raise CommandError(f"{missing[0]}: there is no such file or folder")
    settings = chosen_settings(config, workspace.config)
    index = open_index(workspace, settings, embedder_of(settings))
    for path in paths:
        try:
            report = _indexed(index, path, private_hosts=private_hosts)
        except IndexDamaged as error:  # found by chance, in a file whose date is as it was
            say(f"The index is damaged, and is mended first: {error}")
            _mended(index)
            report = _indexed(index, path, private_hosts=private_hosts)
        except SitePrivate as error:
            raise CommandError(f"{error}: give --private-hosts") from error
        except KeyboardInterrupt:
            say(f"{path}: stopped; the index is as it was before. Run the command again to go on where it ended.")
            raise
        for skipped in report.skipped:
            say(f"skipped {skipped}")
        if report.rebuilt:
            say(f"Made anew: {report.rebuilt} ({report.passages_embedded} passages embedded)")
        say(
            f"{path}: {report.added} added, {report.updated} updated, {report.removed} removed, "
            f"{report.unchanged} unchanged, {len(report.skipped)} skipped; "
            f"{report.documents} document{'s' * (report.documents != 1)} in all ({report.seconds:.1f} s)."
        )
    return report.lost


def mend_index(workspace: Workspace, config: Path | None) -> Mapping[str, int]:
    """Check every file of the index, and make anew what is damaged or was made with another model.

    Returns what damage cost, in documents by source.
    """
    settings = chosen_settings(config, workspace.config)
    return _mended(open_index(workspace, settings, embedder_of(settings))).lost


def say_lost(lost: Mapping[str, int]) -> None:
    """Say of each source what it lacks, on standard error."""
    for line in told(lost):
        say(line)


def _mended(index: KnowledgeIndex) -> Report:
    with shown("Checking the index") as show:
        report = index.mend(progress=lambda p: _show(show, p))
    if report.rebuilt:
        how = "Mended, but for what was lost" if report.lost else "Mended"
        say(f"{how}: {report.rebuilt} ({report.passages_embedded} passages embedded, {report.seconds:.1f} s).")
    else:
        how = "Every file is whole" if report.lost else "The index is whole"
        say(f"{how}: {report.documents} documents, {report.passages} passages.")
    return report


def _indexed(index: KnowledgeIndex, path: str, *, private_hosts: bool) -> Report:
    with shown(f"Indexing {path}") as show:
        return _updated(index, path, show, private_hosts=private_hosts)


def _updated(index: KnowledgeIndex, path: str, show: Show, *, private_hosts: bool) -> Report:
    if not _is_address(path):
        return index.update_from(Path(path), progress=lambda p: _show(show, p))
    from knowledge.loaders.site.addresses import site_of

    documents = load_site(
        path, private_hosts=private_hosts, progress=lambda done, total: show(done, total or 0, "pages (fetching)")
    )
    return index.update(documents, source=site_of(path).start, progress=lambda p: _show(show, p))


def _is_address(path: str) -> bool:
    return path.lower().startswith(("http://", "https://"))


def search_documents(
    workspace: Workspace, query: str | None, queries: Path | None, *, k: int, config: Path | None, as_json: bool
) -> None:
    """Print what a query finds, or a line of JSON for each line of a file of queries."""
    if (query is None) == (queries is None):
        raise CommandError("give either a query or --queries FILE")
    asked = list(_queries(queries)) if queries else []
    settings = chosen_settings(config, workspace.config)
    index = open_index(workspace, settings, embedder_of(settings))
    try:
        index.contents()
    except IndexMissing:
        say(f"Nothing has been indexed in {workspace.root} yet; 'secondchair index PATH' does that.")
    if query is not None:
        line, answer = _timed(index, {"id": "q1", "query": query}, k)
        _warn(answer)
        if as_json:
            typer.echo(json.dumps(line, ensure_ascii=False))
        else:
            _print(answer)
        return
    if asked:
        _warn(_found(index, {"query": "warm"}, 1))  # so that the first line does not carry the loading
    for row in asked:
        sys.stdout.write(json.dumps(_timed(index, row, k)[0], ensure_ascii=False) + "\n")
        sys.stdout.flush()


def embedder_of(settings: Settings) -> Embedder:
    """Return the language model of the settings; the first time it is prepared, which takes some seconds."""
    return open_embedder(cache_folder() / "models", settings.model.name, threads=settings.model.threads)


def _queries(file: Path) -> Iterator[dict[str, Any]]:
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line.decode("utf-8-sig"))
                good = (
                    isinstance(row, dict)
                    and "id" in row
                    and (isinstance(row.get("query"), str) or _is_talk(row.get("messages")))
                )
            except ValueError:
                good = False
            if not good:
                raise CommandError(f'{file}:{number}: expected {{"id", "query"}} or {{"id", "messages"}} as JSON')
            yield row


def _is_talk(messages: object) -> bool:
    return isinstance(messages, list) and all(
        isinstance(m, dict) and isinstance(m.get("role"), str) and isinstance(m.get("text"), str) for m in messages
    )


def _timed(index: KnowledgeIndex, row: dict[str, Any], k: int) -> tuple[dict[str, Any], Answer]:
    start = perf_counter()
    answer = _found(index, row, k)
    ms = round((perf_counter() - start) * 1000, 2)
    hits = [
        {
            "document": hit.document,
            "title": hit.title,
            "passage": hit.passage,
            "score": round(hit.score, 4),
            "status": hit.status,
            "audience": hit.audience,
        }
        for hit in answer.hits
    ]
    return {"id": row["id"], "ms": ms, "answerable": answer.answerable, "hits": hits}, answer


def _found(index: KnowledgeIndex, row: dict[str, Any], k: int) -> Answer:
    """Return what a row finds; nothing, where nothing has been indexed."""
    try:
        return index.search(row["query"], k) if "query" in row else index.search_conversation(row["messages"], k)
    except IndexMissing:
        return Answer((), answerable=False, confidence=0.0)


def _warn(answer: Answer) -> None:
    if answer.damage:
        say(f"The index is damaged, answers are less good: {answer.damage}")
    say_lost(answer.lost)


def _print(answer: Answer) -> None:
    width = max(40, min(get_terminal_size().columns, WIDEST))
    if not answer.answerable:
        nearest = " The nearest there is:\n" if answer.hits else ""
        typer.echo(f"The knowledge base does not seem to hold the answer.{nearest}")
    for hit in answer.hits:
        marks = "".join(f" [{mark}]" for mark in (hit.status, hit.audience) if mark not in {"current", "public"})
        typer.echo(f"{hit.score:.2f}  {hit.title}{marks}  ({hit.document})")
        says = shorten(gist(hit.passage).removeprefix(f"{hit.title}:").lstrip(), MOST_SAID, placeholder=" …")
        typer.echo(fill(says, width, initial_indent=" " * 6, subsequent_indent=" " * 6) + "\n")


def _show(show: Show, progress: Progress) -> None:
    show(progress.done, progress.total or 0, f"{progress.unit} ({progress.stage})")
