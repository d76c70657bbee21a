"""``secondchair dry-run``: what would have happened to past conversations under other behaviours."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from itertools import groupby
from pathlib import Path

import typer

from console.assist.engine import Engine
from console.assist.vectors import VectorCache
from console.commands.knowledge import embedder_of
from console.commands.log import reading
from console.commands.outcome import CommandError, say
from console.commands.progress import shown
from console.content.conversations import Transcript, read_conversations
from console.content.library import Library
from console.content.loader import load_library
from console.conversation.events import WORKSPACE, event_from_json
from console.conversation.state import fold
from console.review.dry_run import Rules, compared, misread, row_of, summary_of
from console.review.dry_run_lines import lines_of, misread_lines
from console.server.log_time import time_in
from console.settings import chosen_settings
from console.workspace import Workspace


def dry_run(
    workspace: Workspace, behaviours: Path, file: Path | None, config: Path | None, *, days: int, as_json: bool
) -> None:
    """Print how the conversations of a file, or of the last days, would have gone under the behaviours of a folder.

    They are compared with the workspace's own. Nothing is written. Raises :class:`CommandError`, and
    :class:`~console.content.errors.ContentError` for behaviours that cannot be used.
    """
    if not behaviours.is_dir():
        raise CommandError(f"{behaviours}: there is no such folder; name one with a .toml file for each intent")
    new, old = load_library(workspace.content, behaviours), load_library(workspace.content)
    for doubt in new.doubts:
        say(f"warning: {doubt}")
    transcripts = read_conversations(file) if file else list(recent(workspace, days))
    if not transcripts:
        where = (
            f"{file}: there are no conversations in it" if file else f"{workspace.root}: none in the last {days} days"
        )
        raise CommandError(f"{where}; name a .jsonl file of conversations, or more --days")
    embed = VectorCache(embedder_of(chosen_settings(config, workspace.config)))
    with shown("Reading the rules") as show:
        show(0, 2, "sets")
        before = _rules(old, Engine(old, embed))
        show(1, 2, "sets")
        engine = Engine(new, embed)
        after = _rules(new, engine)
    rows = []
    with shown("Trying the rules") as show:
        for done, row in enumerate(compared(transcripts, before, after), 1):
            rows.append(row)
            show(done, len(transcripts), "conversations")
    strangers = list(misread(new, engine.router))
    summary = dict(summary_of(rows)) | {"misread": [asdict(one) for one in strangers]}
    if as_json:
        for row in rows:
            typer.echo(json.dumps(row_of(row), ensure_ascii=False))
        typer.echo(json.dumps({"summary": summary}, ensure_ascii=False))
    else:
        width = shutil.get_terminal_size().columns
        for line in (*lines_of(rows, summary, width), *misread_lines(strangers, width)):
            typer.echo(line)


def _rules(library: Library, engine: Engine) -> Rules:
    return Rules(library, engine.router, engine.triggers)


def recent(workspace: Workspace, days: int) -> Iterator[Transcript]:
    """Yield the conversations of the log in which anything happened in the last days, oldest first."""
    with reading(workspace) as log:
        since = time_in(log) - timedelta(days=days)
        events = [event for row in log.export() if (event := event_from_json(row)) and event.conversation != WORKSPACE]
    by_conversation = sorted(events, key=lambda event: event.conversation)
    folded = (fold(name, group) for name, group in groupby(by_conversation, key=lambda event: event.conversation))
    lately = [state for state in folded if state.messages and (state.messages[-1].at or since) >= since]
    for state in sorted(lately, key=lambda state: state.messages[0].at or since):
        yield Transcript(state.id, state.customer, tuple(state.messages), state.resolved, state.disposition)
