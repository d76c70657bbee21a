"""Suggested replies from past conversations, on STAR: whether what the agent really did next is among them.

    python -m bench.replies [DATA] [--dialogues N]

A fifth of the dialogues, by a digest of their ids, is held out; the others are imported as past conversations. Each
turn that the agent picked from a list is replayed with the whole engine. A suggested text counts as the act whose known
wording it is nearest to. Texts that serve two acts ("Thank you and goodbye.") count as one of them, as in
``score.py replies``: what even the agent's own text would reach stands beside the figures.
"""

import argparse
import difflib
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from bench import star
from bench.figures import Figure, show
from console.assist.engine import Engine
from console.assist.vectors import VectorCache
from console.content.library import Library
from console.past import PastCollection, import_conversations
from knowledge import open_embedder

DIALOGUES = 300
ALIKE = 0.6
"""Share of a text's characters, as difflib counts it, from which it is a wording of an act."""

_USUAL = 2000
_NEAREST = 20


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--dialogues", type=int, default=DIALOGUES, help="held-out dialogues to replay")
    chosen = parser.parse_args()
    show("suggested replies, STAR, a held-out fifth", figures(chosen.data, chosen.dialogues))


def figures(data: Path, dialogues: int = DIALOGUES) -> Iterator[Figure]:
    """Yield the figures of so many held-out dialogues, ``data`` being the folder that holds star/."""
    every = star.dialogues(data)
    train = [d for d in every if not star.held_out(d)]
    test = [d for d in every if star.held_out(d)][:dialogues]
    embed = VectorCache(open_embedder(Path(tempfile.gettempdir()) / "secondchair-bench-models"))
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        done = import_conversations(map(star.transcript, train), Path(folder), embed)
        yield Figure(f"import of {done.moments} past moments", time.perf_counter() - began, 320, True, " s")
        engine = Engine(Library(), embed, None, PastCollection.open(Path(folder), embed))
        act = _acts([*train, *test])
        counts: Counter[str] = Counter()
        times: list[float] = []
        for gold, own, line in _turns(engine, test):
            guesses = [act(reply["text"]) for reply in line["replies"]]
            times.append(line["ms"]["total"])
            counts["turns"] += 1
            counts["first"] += guesses[:1] == [gold]
            counts["three"] += gold in guesses
            counts["reachable"] += act(own) == gold
    turns = counts["turns"]
    yield Figure(f"r@1, {turns} turns", counts["first"] / turns, 0.77)
    yield Figure(f"r@3, {turns} turns", counts["three"] / turns, 0.94)
    yield Figure("the same of the agent's own texts", counts["reachable"] / turns)
    yield Figure("assist, a turn, p50", median(times), 15, True, " ms")


def _turns(engine: Engine, test: Sequence[star.Row]) -> Iterator[tuple[str, str, star.Row]]:
    """Yield act and text of each reply that an agent picked, with the line of the message before it."""
    for dialogue in test:
        lines = {line["turn"]: line for line in star.replayed(engine, dialogue)}
        last = ""
        for place, event in enumerate(dialogue["events"]):
            if event["speaker"] in {"customer", "kb"}:
                last = f"m{place}"
            elif event["speaker"] == "agent" and event.get("kind") == "picked" and last:
                yield event["action"], event["text"], lines[last]
                last = ""


def _acts(known: Sequence[star.Row]) -> Callable[[str], str | None]:
    """Return what tells the act of a text: that of the nearest text an agent picked."""
    acts: dict[str, str] = {}
    texts: dict[str, set[str]] = defaultdict(set)
    for event in (e for d in known for e in d["events"] if e["speaker"] == "agent" and e.get("kind") == "picked"):
        acts.setdefault(star.norm(event["text"]), event["action"])
    for text in acts:
        for word in set(text.split()):
            texts[word].add(text)
    found: dict[str, str | None] = {}

    def nearest(text: str) -> str | None:
        votes = Counter(t for w in set(text.split()) if len(texts[w]) < _USUAL for t in texts[w])
        alike = [(difflib.SequenceMatcher(None, text, t).ratio(), t) for t, _ in votes.most_common(_NEAREST)]
        best = max(alike, default=(0.0, ""), key=lambda pair: pair[0])
        return acts[best[1]] if best[0] >= ALIKE else None

    def act(text: str) -> str | None:
        plain = star.norm(text)
        if plain not in acts and plain not in found:
            found[plain] = nearest(plain)
        return acts.get(plain) or found.get(plain)

    return act


if __name__ == "__main__":
    main()
