"""How long the knowledge gaps take: with nothing kept, in a new process, and after one article has changed.

    python -m tools.gaps WORKSPACE QUESTIONS.jsonl

WORKSPACE has an index (``secondchair index``); its kept questions are thrown away. QUESTIONS.jsonl (or .jsonl.gz) has
one ``{"text": …}`` a line: each is taken as asked in vain by a customer of its own.
"""

import gzip
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from console.conversation.assist_events import QuestionUnanswered
from console.conversation.events import ConversationOpened, Event
from console.conversation.people import Customer
from console.server.index import open_index
from console.server.upkeep import Upkeep
from console.settings import Settings
from console.workspace import Workspace, cache_folder
from knowledge import Document, Embedder, open_embedder

MOST = 10_000


def main(workspace: Workspace, questions: Path) -> None:
    """Measure, and print a line each."""
    settings = Settings()
    embedder = open_embedder(cache_folder() / "models", settings.model.name, threads=settings.model.threads)
    embedder.encode(["warm"])
    history = _history(_texts(questions))
    workspace.questions.unlink(missing_ok=True)
    _look("nothing kept", workspace, settings, embedder, history)
    _look("another process, all kept", workspace, settings, embedder, history)
    index = open_index(workspace, settings, embedder)
    for said in ("one article added since", "taken away again"):
        added = [Document("new.md", "Top up", "You can top up your account with a card or in cash.")]
        index.update(added if said.startswith("one") else [], source="tools.gaps")
        _look(said, workspace, settings, embedder, history)


def _look(said: str, workspace: Workspace, settings: Settings, embedder: Embedder, history: Sequence[Event]) -> None:
    upkeep, start = Upkeep(workspace, settings, embedder), perf_counter()
    for label in (said, f"{said}: again"):
        start = perf_counter() if label != said else start
        found = upkeep.gaps(history, datetime.now(UTC))
        print(
            f"{perf_counter() - start:7.2f} s  {label} ({found.asked} questions, {found.answered} answered)", flush=True
        )


def _texts(file: Path) -> list[str]:
    data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    return [json.loads(line)["text"] for line in data.decode().splitlines()][:MOST]


def _history(texts: Sequence[str]) -> list[Event]:
    now, events = datetime.now(UTC), list[Event]()
    for n, text in enumerate(texts):
        name, at = f"c{n}", now - timedelta(hours=n % 720)
        events.append(Event(len(events) + 1, name, "desk", ConversationOpened("web chat", Customer(f"u{n}")), at))
        events.append(Event(len(events) + 1, name, "assist", QuestionUnanswered(text, "m1"), at))
    return events


if __name__ == "__main__":
    if len(sys.argv) != 3:  # noqa: PLR2004 - two arguments
        sys.exit(__doc__)
    main(Workspace(Path(sys.argv[1])), Path(sys.argv[2]))
