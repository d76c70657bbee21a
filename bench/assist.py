"""Speed and quality of the embedded assist engine.

    python -m bench.assist [DATA] [--dialogues N]

Speed: a conversation of 40 messages on the demo company's content, message by message, beside one query embedded by
plain sentence-transformers in the same run. Quality, where DATA (default ../shared/data) holds star/ and injection/:
the figures of the assist command on dialogues that were held out from the import (split by dialogue).
"""

import argparse
import gzip
import json
import random
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import mean, median, quantiles
from typing import Any

from rapidfuzz import fuzz, process

from console.assist.engine import Engine
from console.assist.flags.injection import InjectionWatch
from console.assist.headless import replay
from console.assist.ports import Embed
from console.assist.talk import Talk
from console.assist.vectors import VectorCache
from console.content.conversations import Transcript, transcript_from_record
from console.content.customers import load_customers
from console.content.library import Library
from console.content.loader import load_library
from console.conversation.events import RoutingChanged
from console.conversation.message import Author, Message
from console.past import PastCollection, import_conversations
from console.server.articles import Articles
from knowledge import KnowledgeIndex, open_embedder
from knowledge.embedding.weights import find_weights

Row = dict[str, Any]
DEMO = Path(__file__).parents[1] / "console" / "demo" / "content"
ROLES = {"customer": "customer", "agent": "agent", "kb": "system"}
ALIKE = 60
"""Likeness (0 to 100) from which a suggested text counts as a wording of an act."""

SAID = (
    "hi, my boots still haven't come. order LF-88213, they were due twelve days ago",
    "I've looked at the tracking, it hasn't moved from Kettlewick for eleven days",
    "how can you say by Friday if nobody knows where it is?",
    "this is ridiculous, I want a person!!",
    "can I have my money back instead? I paid £164.00",
    "my phone is 07700 900143 if somebody wants to call me",
    "and what about the jacket, can I still send it back?",
    "is there a shop near Harrow Bridge where I could try another pair?",
)
ANSWERED = ("Let me look that up for you.", "Please try the tracking link.", "Thank you, I have noted that.")


def main() -> None:
    """Run every part and print as it goes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--dialogues", type=int, default=400, help="held-out dialogues to judge")
    parser.add_argument("--models", type=Path, default=Path(tempfile.gettempdir()) / "secondchair-bench-models")
    chosen = parser.parse_args()
    embedder = open_embedder(chosen.models)
    with tempfile.TemporaryDirectory() as folder:
        speed(embedder, Path(folder))
        star = chosen.data / "star" / "train.jsonl.gz"
        if star.exists():
            dialogue_figures(embedder, Path(folder) / "star", list(rows(star)), chosen.dialogues)
        if (chosen.data / "injection").is_dir():
            injection_figures(embedder, chosen.data)


def speed(embed: Embed, folder: Path) -> None:
    """Time every part of every turn of a long conversation, each turn seen for the first time."""
    index = KnowledgeIndex(folder / "articles", embed)  # type: ignore[arg-type]
    index.update_from(DEMO / "articles")
    started = time.perf_counter()
    engine = Engine(load_library(DEMO), embed, Articles(index))
    print(f"engine ready, s                {time.perf_counter() - started:8.1f}")
    customer = load_customers(DEMO / "customers.jsonl", date(2026, 11, 22))["dana-kovel"]
    messages = tuple(
        Message(f"m{n + 1}", Author.CUSTOMER if n % 2 == 0 else Author.AGENT, f"{text} ({n})" if n > 15 else text)
        for n in range(40)
        for text in [SAID[n // 2 % len(SAID)] if n % 2 == 0 else ANSWERED[n % len(ANSWERED)]]
    )
    parts: dict[str, list[float]] = defaultdict(list)
    talk = Talk("bench", customer, (), "Robin Ashdale")
    for place in range(0, len(messages), 2):
        talk = replace(talk, messages=messages[: place + 1])
        begun = time.perf_counter()
        for event in engine.turn(talk):
            parts[type(event).__name__].append(getattr(event, "ms", 0.0))
            if isinstance(event, RoutingChanged):
                talk = replace(talk, routing=event.routing)
        parts["whole turn"].append((time.perf_counter() - begun) * 1000)
    for name, values in parts.items():
        if name != "RoutingChanged":
            print(f"{name:<30} p50 {median(values):6.1f} ms   p95 {p95(values):6.1f} ms")
    plain, whole = plain_embedding_ms(), p95(parts["whole turn"])
    print(f"one query, sentence-transformers   {plain:6.1f} ms; a whole turn is {whole / plain:.1f} times that at p95")


def dialogue_figures(embed: Embed, folder: Path, dialogues: list[Row], count: int) -> None:
    """Import four fifths of the dialogues, judge ``count`` of the others."""
    random.Random(5).shuffle(dialogues)
    fifth = len(dialogues) // 5
    test, train = dialogues[:fifth][:count], dialogues[fifth:]
    started = time.perf_counter()
    done = import_conversations((transcript(d) for d in train), folder, embed)
    print(f"{done.moments} past moments imported, s   {time.perf_counter() - started:8.1f}")
    engine = Engine(Library(), embed, None, PastCollection.open(folder, embed))
    lines = {(d["id"], line["turn"]): line for d in test for line in replayed(engine, transcript(d))}
    print(f"replies    {reply_figures(train + test, test, lines)}")
    print(f"summary    {summary_figures(test, lines)}")
    print(f"mood       AUC on 'annoyed' {mood_auc(test, lines):.3f}")


def reply_figures(known: Sequence[Row], test: Sequence[Row], lines: dict[tuple[Any, str], Row]) -> str:
    """Return how often the agent's real next act is the first, or among the three, suggested."""
    acts = {norm(e["text"]): e["action"] for d in known for e in d["events"] if e.get("kind") == "picked"}

    def act(text: str) -> str | None:
        found = process.extractOne(norm(text), acts.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        return acts[found[0]] if found else None

    hits, turns = Counter[str](), 0
    for d in test:
        last = ""
        for place, event in enumerate(d["events"]):
            if event["speaker"] in {"customer", "kb"}:
                last = f"m{place}"
            elif event.get("kind") == "picked" and last:
                suggested = [act(r["text"]) for r in lines[d["id"], last]["replies"]]
                hits["first"] += suggested[:1] == [event["action"]]
                hits["three"] += event["action"] in suggested
                turns, last = turns + 1, ""
    return (
        f"r@1 {hits['first'] / turns:.3f} (floor 0.68)   r@3 {hits['three'] / turns:.3f} (floor 0.88)   turns {turns}"
    )


def summary_figures(test: Sequence[Row], lines: dict[tuple[Any, str], Row]) -> str:
    """Return the share of the customer's queried facts that the last summary holds, and its length."""
    kept, lengths = [], []
    last = {conversation: line for (conversation, _), line in lines.items()}
    for d in test:
        said = norm(" ".join(e["text"] for e in d["events"] if e["speaker"] == "customer"))
        facts = {norm(f) for e in d["events"] if e["speaker"] == "query" for f in e["facts"]}
        facts = {f for f in facts if len(f) > 1 and f in said}
        if facts and d["id"] in last:
            told = [norm(line["text"]) for line in last[d["id"]]["summary"]]
            kept.append(mean(any(f in line for line in told) for f in facts))
            lengths.append(sum(len(line.split()) for line in told))
    return f"fact recall {mean(kept):.3f}   words {mean(lengths):.0f}"


def mood_auc(test: Sequence[Row], lines: dict[tuple[Any, str], Row]) -> float:
    """Return the area under the ROC curve of the worst mood of a dialogue for “the customer was annoyed”."""
    worst: dict[Any, float] = {}
    for (conversation, _), line in lines.items():
        if line["mood"]:
            worst[conversation] = min(worst.get(conversation, 1.0), line["mood"]["score"])
    annoyed: dict[bool, list[float]] = {True: [], False: []}
    for d in test:
        asked = d["questionnaire"] if isinstance(d["questionnaire"], list) else []
        answers = [q["Answer"] for q in asked if "aggressive" in q["Question"]]
        if answers and d["id"] in worst:
            annoyed[bool(answers[0])].append(worst[d["id"]])
    pairs = [(a < b) + 0.5 * (a == b) for a in annoyed[True] for b in annoyed[False]]
    return mean(pairs) if pairs else float("nan")


def injection_figures(embed: Embed, data: Path) -> None:
    """Print what is caught of direct and of planted attacks, and the alarms on clean texts."""
    watch = InjectionWatch(VectorCache(embed))
    direct = list(rows(data / "injection" / "deepset_train.jsonl"))
    planted = [d["text"] for d in rows(data / "injection" / "bipia_text_attacks.jsonl")]
    articles = [d["text"][:600] for _, d in zip(range(300), rows(data / "medquad" / "kb.jsonl.gz"), strict=False)]
    caught = mean(bool(watch.span(d["text"])) for d in direct if d["label"])
    alarms = mean(bool(watch.span(d["text"])) for d in direct if not d["label"])
    hidden = mean(bool(watch.span(f"{a}\n{t}", lookup=True)) for a, t in zip(articles, planted, strict=False))
    clean = mean(bool(watch.span(a, lookup=True)) for a in articles)
    print(f"injection  direct {caught:.2f} at {alarms:.3f} alarms   planted {hidden:.2f} at {clean:.3f} alarms")


def replayed(engine: Engine, talk: Transcript) -> Iterator[Row]:
    """Yield the lines of one conversation."""
    return replay(engine, talk.id, talk.customer, talk.messages)


def transcript(dialogue: Row) -> Transcript:
    """Return a dialogue of STAR as a past conversation."""
    messages = [
        {"id": f"m{place}", "role": ROLES[event["speaker"]], "text": event["text"]}
        for place, event in enumerate(dialogue["events"])
        if event["speaker"] in ROLES
    ]
    name = str(dialogue["id"])
    return transcript_from_record({"id": name, "customer": {"id": f"c{name}"}, "resolved": True, "messages": messages})


def rows(path: Path) -> Iterator[Row]:
    """Yield the JSON objects of a file, packed or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def norm(text: str) -> str:
    """Return a text without case and punctuation."""
    return re.sub(r"\W+", " ", text.lower()).strip()


def plain_embedding_ms() -> float:
    """Return the median time of one query embedded by sentence-transformers as it comes, on two threads."""
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(2)
    model = SentenceTransformer(str(find_weights(None).folder), device="cpu")
    times = []
    for text in SAID * 5:
        started = time.perf_counter()
        model.encode(text, show_progress_bar=False)
        times.append((time.perf_counter() - started) * 1000)
    return median(times)


def p95(values: Iterable[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(values, n=20)[18]


if __name__ == "__main__":
    main()
