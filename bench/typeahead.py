"""Type-ahead: keystrokes that it saves, how often what is shown is what the agent wrote, and its time for a key.

    python -m bench.typeahead [DATA] [--dialogues N] [--past N]

Agents of held-out dialogues of STAR are typed letter by letter against the console's own completion of what the engine
offers at that moment. STAR's agents drafted freely, then picked a ready sentence: either is written by agents of some
desks, so both are measured, each with the past conversations of its own kind. A completion counts as shown when it
comes up anew, and as taken when it is the whole rest of the sentence; taking it costs one key.
"""

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from bench.data import arguments
from bench.figures import Figure, show
from bench.star import Row, rows, transcript
from console.assist.completions import Completion
from console.assist.engine import Engine
from console.assist.ports import Embed
from console.assist.sentences import texts
from console.assist.talk import Talk
from console.assist.vectors import VectorCache
from console.content.library import Library
from console.conversation.assist_events import RepliesSuggested
from console.conversation.message import Author
from console.past import PastCollection, import_conversations
from console.terminal.completion import completion
from knowledge import open_embedder

KINDS = {"agent_draft": "free drafts", "text": "ready sentences"}


@dataclass
class Typed:
    """What came of typing."""

    letters: int = 0
    keys: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    """Milliseconds for a key."""


def figures(data: Path, *, dialogues: int = 60, past: int = 1500, models: Path | None = None) -> Iterator[Figure]:
    """Measure; ``data`` holds star/."""
    embed = VectorCache(open_embedder(models or Path(tempfile.gettempdir()) / "secondchair-bench-models"))
    found = list(rows(data / "star" / "train.jsonl.gz"))
    random.Random(5).shuffle(found)
    fifth = len(found) // 5
    with tempfile.TemporaryDirectory() as folder:
        for kind, name in KINDS.items():
            place = Path(folder) / kind
            import_conversations((transcript(written(row, kind)) for row in found[fifth:][:past]), place, embed)
            engine = Engine(Library(), embed, None, PastCollection.open(place, embed))
            yield from measured(name, engine, embed, [written(row, kind) for row in found[:fifth][:dialogues]])


def measured(name: str, engine: Engine, embed: Embed, judged: list[Row]) -> Iterator[Figure]:
    """Type every answer of these dialogues."""
    done, fetches = Typed(), []
    for row in judged:
        one = transcript(row)
        for place, message in enumerate(one.messages):
            if message.role is not Author.AGENT or not place or one.messages[place - 1].role is Author.AGENT:
                continue
            talk = Talk(one.id, one.customer, one.messages[:place])
            replies = next((e.suggestions for e in engine.turn(talk) if isinstance(e, RepliesSuggested)), ())
            started = time.perf_counter()
            offered = engine.completions(talk, replies)
            fetches.append((time.perf_counter() - started) * 1000)
            for sentence in texts(message.text):
                type_out(sentence, offered, done)
    yield Figure(f"{name}: keystrokes saved", 1 - done.keys / max(1, done.letters))
    yield Figure(f"{name}: shown, and what was written", done.counts["taken"] / max(1, done.counts["shown"]), 0.5)
    yield Figure(f"{name}: shown for a sentence", done.counts["shown"] / max(1, done.counts["sentences"]))
    yield Figure(f"{name}: a key, p95", quantiles(done.times, n=20)[18], 1.0, at_most=True, unit=" ms")
    yield Figure(f"{name}: the sentences of a turn, p95", quantiles(fetches, n=20)[18], unit=" ms")


def type_out(sentence: str, offered: tuple[Completion, ...], done: Typed) -> None:
    """Type a sentence until the right completion is shown."""
    sentences, after = [one.text for one in offered], [one.after for one in offered]
    done.letters += len(sentence)
    done.counts["sentences"] += 1
    shown = ""
    for length in range(1, len(sentence) + 1):
        done.keys += 1
        started = time.perf_counter()
        ghost = completion(sentence[:length], sentences, after)
        done.times.append((time.perf_counter() - started) * 1000)
        whole = sentence[:length] + ghost if ghost else ""
        if whole and whole.casefold() != shown.casefold():
            done.counts["shown"] += 1
        shown = whole or shown
        if ghost and whole.casefold() == sentence.casefold():
            done.counts["taken"] += 1
            done.keys += 1
            return


def written(row: Row, kind: str) -> Row:
    """The dialogue with what its agent drafted, or with what they picked."""
    return {**row, "events": [{**event, "text": event[kind]} if event.get(kind) else event for event in row["events"]]}


def main() -> None:
    """Print the figures."""
    parser: argparse.ArgumentParser = arguments(__doc__)
    parser.add_argument("--dialogues", type=int, default=60)
    parser.add_argument("--past", type=int, default=1500)
    chosen = parser.parse_args()
    show("type-ahead", figures(chosen.data, dialogues=chosen.dialogues, past=chosen.past, models=chosen.models))


if __name__ == "__main__":
    main()
