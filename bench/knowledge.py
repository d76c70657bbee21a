"""Retrieval beside what a team would pick otherwise: quality, latency, memory, and what an update costs.

    python -m bench.knowledge [DATA] [--documents 16407]

Each engine runs in a process of its own, one after the other, on the same texts and with the same model's weights.
Quality: DSTC11 (10,882 snippets; its questions as the last three turns, and whole conversations). Scale: MedQuAD.
Peers come with `pip install -e .[bench]`; one that is not installed is left out and named.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from bench.data import ROLES, arguments, documents, judged, lines, parsed, resident, talks, timed
from bench.peers import ENGINES, NEEDS, Engine, changed
from bench.plot import draw

ASKED = 200


def main() -> None:
    """Run every engine and print a table."""
    parser = arguments(__doc__)
    parser.add_argument("--documents", type=int, default=4000, help="of MedQuAD, for times and memory; all: 16407")
    parser.add_argument("--engine", choices=ENGINES, help="run this one alone, and print its figures as JSON")
    parser.add_argument("--plot", type=Path, help="draw the figures into this .svg")
    parser.add_argument("--speed", action="store_true", help="only compare how fast texts are embedded")
    chosen = parsed(parser)
    if chosen.engine:
        print(json.dumps(measured(chosen.engine, chosen.data, chosen.models, chosen.documents)))
        return
    embedding_speed(chosen.data, chosen.models)
    if chosen.speed:
        return
    rows: dict[str, dict[str, float]] = {}
    for name in ENGINES:
        if name in NEEDS and not find_spec(NEEDS[name]):
            print(f"{name} is not installed, left out")
            continue
        command = [sys.executable, "-m", "bench.knowledge", str(chosen.data), "--models", str(chosen.models)]
        command += ["--documents", str(chosen.documents), "--engine", name]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        rows[name] = json.loads(done.stdout.splitlines()[-1])
        print(name, rows[name], flush=True)
    table(rows)
    if chosen.plot:
        draw(rows, chosen.plot)


def measured(name: str, data: Path, models: Path, count: int) -> dict[str, float]:
    """All figures of one engine."""
    before = resident()
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        engine = ENGINES[name](Path(folder) / "dstc11", models)
        quality(engine, data, figures)
    with tempfile.TemporaryDirectory() as folder:
        engine = ENGINES[name](Path(folder) / "medquad", models)
        scale(engine, data, count, figures)
    figures["resident growth MB"] = round(resident() - before)
    return figures


def quality(engine: Engine, data: Path, figures: dict[str, float]) -> None:
    """hit@5, hit@10, nDCG@10 on DSTC11, and milliseconds a question."""
    engine.make(documents(data, "dstc11"))
    engine.open()
    questions = list(lines(data / "dstc11" / "queries.jsonl.gz"))
    engine.search("warm up", 10)
    turns = [[{"role": ROLES[turn["speaker"]], "text": turn["text"]} for turn in row["turns"]] for row in talks(data)]
    asked: dict[str, list[tuple[Callable[[], list[str]], list[str]]]] = {
        "three turns": [(partial(engine.search, row["query"], 10), row["relevant"]) for row in questions],
        "conversations": [
            (partial(engine.converse, talk, 10), row["relevant"]) for talk, row in zip(turns, talks(data), strict=True)
        ],
    }
    for kind, searches in asked.items():
        found, times = [], []
        for search, relevant in searches:
            began = perf_counter()
            found.append((search(), relevant))
            times.append((perf_counter() - began) * 1000)
        figures |= {f"{kind} {what}": value for what, value in judged(found).items()}
        figures[f"{kind} ms p50"], figures[f"{kind} ms p95"] = np.percentile(times, (50, 95)).round(1).tolist()


def scale(engine: Engine, data: Path, count: int, figures: dict[str, float]) -> None:
    """What it takes to make, open, search and update an index of health articles."""
    articles = documents(data, "medquad")[:count]
    figures["index s"] = round(timed(lambda: engine.make(articles)) / 1000, 1)
    figures["open ms"] = round(timed(engine.open), 1)
    asked = [f"what can be done about {article.title}?" for article in articles[:: max(1, count // ASKED)][:ASKED]]
    engine.search("warm up", 10)
    times = [timed(lambda question=question: engine.search(question, 10)) for question in asked]  # type: ignore[misc]
    figures["ms p50"], figures["ms p95"] = np.percentile(times, (50, 95)).round(1).tolist()
    figures["update s"] = round(timed(lambda: engine.change(changed(articles))) / 1000, 2)


def embedding_speed(data: Path, models: Path) -> None:
    """One question at a time, and passages in bulk, beside sentence-transformers with its defaults."""
    from sentence_transformers import SentenceTransformer

    from knowledge import open_embedder
    from knowledge.embedding.weights import find_weights

    plain: Any = SentenceTransformer(str(find_weights().folder), device="cpu", local_files_only=True)
    ours = open_embedder(models)
    questions = [row["query"][-120:] for row in lines(data / "dstc11" / "queries.jsonl.gz")][:150]
    passages = [article.text[:600] for article in documents(data, "medquad")[::20]][:400]
    figures = {}
    for name, run in (("this engine", ours.encode), ("sentence-transformers", plain.encode)):
        run(["warm up"])
        times = [timed(lambda text=text, run=run: run([text])) for text in questions]  # type: ignore[misc]
        bulk = len(passages) / timed(lambda run=run: run(passages)) * 1000  # type: ignore[misc]
        figures[name] = (float(np.percentile(times, 50)), bulk)
        print(f"{name}: one question p50 {figures[name][0]:.1f} ms, in bulk {bulk:.0f} passages a second", flush=True)
    one, many = (figures["this engine"], figures["sentence-transformers"])
    print(f"times faster: one question {many[0] / one[0]:.2f}, bulk {one[1] / many[1]:.2f}")


def table(rows: dict[str, dict[str, float]]) -> None:
    """Figures down, engines across, as Markdown."""
    print("| |", " | ".join(rows), "|")
    print("|---" * (len(rows) + 1) + "|")
    for figure in next(iter(rows.values())):
        print(f"| {figure} |", " | ".join(f"{row[figure]:g}" for row in rows.values()), "|")


if __name__ == "__main__":
    main()
