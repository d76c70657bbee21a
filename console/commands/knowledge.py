"""``secondchair index`` and ``secondchair search``."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import typer

from console.commands.outcome import CommandError, say
from console.commands.progress import Show, shown
from console.server.index import open_index
from console.settings import Settings, chosen_settings
from console.workspace import Workspace, cache_folder
from knowledge import Answer, Embedder, IndexMissing, KnowledgeIndex, Progress, open_embedder


def index_documents(workspace: Workspace, paths: list[Path], config: Path | None) -> None:
    """Make the index hold the documents of each path; what is skipped is named on standard error."""
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise CommandError(f"{missing[0]}: there is no such file or folder")
    settings = chosen_settings(config, workspace.config)
    index = open_index(workspace, settings, embedder_of(settings))
    for path in paths:
        with shown(f"Indexing {path}") as show:
            report = index.update_from(path, progress=lambda p: _show(show, p))
        for skipped in report.skipped:
            say(f"skipped {skipped}")
        if report.rebuilt:
            say(f"Everything was embedded again: {report.rebuilt}")
        say(
            f"{path}: {report.added} added, {report.updated} updated, {report.removed} removed, "
            f"{report.unchanged} unchanged, {len(report.skipped)} skipped; "
            f"{report.documents} documents in all ({report.seconds:.1f} s)."
        )


def search_documents(
    workspace: Workspace, query: str | None, queries: Path | None, *, k: int, config: Path | None, as_json: bool
) -> None:
    """Print what a query finds, or a line of JSON for each line of a file of queries."""
    if (query is None) == (queries is None):
        raise CommandError("give either a query or --queries FILE")
    asked = list(_queries(queries)) if queries else []
    settings = chosen_settings(config, workspace.config)
    index = open_index(workspace, settings, embedder_of(settings))
    if query is not None:
        line, answer = _timed(index, {"id": "q1", "query": query}, k)
        if as_json:
            typer.echo(json.dumps(line, ensure_ascii=False))
        else:
            _print(answer)
        return
    if asked:
        _found(index, {"query": "warm"}, 1)  # so that the first line does not carry the loading
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


def _print(answer: Answer) -> None:
    if not answer.answerable:
        nearest = " The nearest there is:\n" if answer.hits else " 'secondchair index PATH' adds to it."
        typer.echo(f"The knowledge base does not seem to hold the answer.{nearest}")
    for hit in answer.hits:
        marks = "".join(f" [{mark}]" for mark in (hit.status, hit.audience) if mark not in {"current", "public"})
        typer.echo(f"{hit.score:.2f}  {hit.title}{marks}  ({hit.document})")
        typer.echo("      " + " ".join(hit.passage.split())[:300] + "\n")


def _show(show: Show, progress: Progress) -> None:
    show(progress.done, progress.total or 0, f"{progress.unit} ({progress.stage})")
