"""``secondchair import`` and ``secondchair assist``."""

import json
import sys
from datetime import datetime
from pathlib import Path

from console.assist.headless import replay
from console.commands.knowledge import embedder_of
from console.commands.outcome import say
from console.commands.progress import shown
from console.content.conversations import read_conversations
from console.past import import_conversations
from console.server.engines import build_engine, public_texts
from console.settings import chosen_settings
from console.workspace import Workspace


def import_file(workspace: Workspace, file: Path, config: Path | None) -> None:
    """Add the conversations of a file to the past ones; all of them or, when a line is bad, none."""
    transcripts = read_conversations(file)
    settings = chosen_settings(config, workspace.config)
    embedder = embedder_of(settings)
    public = public_texts(workspace, settings, embedder)
    with shown(f"Importing {file}") as show:
        done = import_conversations(
            transcripts, workspace.past, embedder, lambda d, total: show(d, total, "texts"), public=public
        )
    if done.damaged:
        say(f"{done.damaged} (made anew from this file; import what came from other files again, too).")
    unresolved = f" ({done.unresolved} were not resolved; only how they ended counts)" if done.unresolved else ""
    say(
        f"{file}: {done.added} added, {done.updated} updated, {done.unchanged} unchanged{unresolved}; "
        f"{done.conversations} conversations in all, {done.moments} replies that may be suggested again."
    )


def assist_file(workspace: Workspace, file: Path, config: Path | None) -> None:
    """Print what the second chair says at every message that is not the agent's; nothing is written to the log."""
    transcripts = read_conversations(file)
    settings = chosen_settings(config, workspace.config)
    engine = build_engine(workspace, settings, embedder_of(settings)).engine
    today = datetime.now().astimezone().date()
    with shown("Assisting") as show:
        for done, talk in enumerate(transcripts, 1):
            for line in replay(engine, talk.id, talk.customer, talk.messages, talk.agent, today):
                sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
            sys.stdout.flush()
            show(done, len(transcripts), "conversations")
