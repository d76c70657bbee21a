"""Answers that customers give to an agent's question: how many of them a task for the bot takes, and how fast.

On STAR, whose agents ask one thing at a time: a reply that tells a value which the agent's next look-up uses is an
answer. The patterns that read answers were written before, and mended once after a look at what they missed here.
"""

import gzip
import json
import random
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Final

from bench.data import MODELS
from bench.figures import Figure, show
from bench.turn import DEMO
from console.assist.bot.checking import Checker
from console.assist.bot.task import TaskMind, TaskMoment
from console.assist.bot.task_reading import told
from console.assist.engine import Engine
from console.assist.talk import Talk
from console.assist.vectors import VectorCache
from console.content.loader import load_library
from console.conversation.message import Author, Message, Status
from console.conversation.people import Customer
from console.conversation.tasks import Asked, Task, TaskFact, TaskKind
from knowledge import open_embedder

LEAST: Final = 3
"""Characters of a value from which its being in a reply is no chance."""

DECIDED: Final = 400
"""Replies, drawn at random, on which the whole decision is made and timed."""

WANTED: Final = TaskFact("question", "“…”", "Which one is it?", TaskKind.QUESTION)
NOW: Final = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def figures(data: Path, *, models: Path = MODELS) -> Iterator[Figure]:
    """Yield how many answers there are and the shares that are taken; what comes with a question is the agent's."""
    replies = list(answers(data / "star" / "train.jsonl.gz"))
    plain = [reply for reply in replies if "?" not in reply]
    yield Figure("tasks: answers to an agent's question (STAR)", len(replies))
    yield Figure("tasks: taken for one, of all", sum(map(took, replies)) / len(replies))
    yield Figure("tasks: taken for one, of those without a question", sum(map(took, plain)) / len(plain), 0.95)
    done, ms = decided(random.Random(1).sample(plain, DECIDED), models)
    yield Figure("tasks: and not broken off by mood, topic or language", done, 0.9)
    yield Figure("tasks: a decision, p95", quantiles(ms, n=20)[18], 200, at_most=True, unit=" ms")


def took(reply: str) -> bool:
    """Return whether a reply counts as an answer."""
    return told(WANTED, [Message("m3", Author.CUSTOMER, reply)]) is not None


def decided(replies: Sequence[str], models: Path) -> tuple[float, list[float]]:
    """Return the share of replies with which the demo's bot is done, and the milliseconds of each decision."""
    library = load_library(DEMO)
    engine = Engine(library, VectorCache(open_embedder(models)))
    mind = TaskMind(library, engine.router, Checker(engine.watch), engine.triggers)
    task = Task("robin", "Robin Ashdale", (WANTED,), 1, NOW, (), (Asked("question", "m2", NOW),))
    begun = (Message("m1", Author.CUSTOMER, "I need some help"), Message("m2", Author.BOT, WANTED.ask))
    done, ms = 0, []
    for reply in replies:
        talk = Talk("c1", Customer("v1"), (*begun, Message("m3", Author.CUSTOMER, reply)), "Robin Ashdale")
        moment = TaskMoment(talk, task, Status.ACTIVE, "robin", NOW)
        start = perf_counter()
        done += bool(mind.decide(moment).got)
        ms.append((perf_counter() - start) * 1000)
    return done / len(replies), ms


def answers(file: Path) -> Iterator[str]:
    """Yield the replies that tell something new of what is looked up next."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield from _of(json.loads(line)["events"])


def _of(events: list[dict[str, object]]) -> Iterator[str]:
    said, asked = "", False
    for place, event in enumerate(events):
        text = str(event.get("text", ""))
        if event["speaker"] == "agent":
            asked = "_ask" in f"_{event.get('action', '')}" and text.endswith("?")
        elif event["speaker"] == "customer":
            following = next((e for e in events[place:] if e["speaker"] == "query"), None)
            values = [str(v).lower() for v in following["facts"]] if following else []  # type: ignore[attr-defined]
            new = [v for v in values if len(v) >= LEAST and v in text.lower() and v not in said]
            if asked and new:
                yield text
            said, asked = f"{said} {text.lower()}", False


if __name__ == "__main__":
    show("tasks", figures(Path(sys.argv[1])))
