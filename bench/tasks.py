"""Answers that customers give to an agent's question: how many of them a task for the bot takes for one.

On STAR, whose agents ask one thing at a time: a reply that tells a value which the agent's next look-up uses is an
answer. The patterns that read answers were written before, and mended once after a look at what they missed here.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure, show
from console.assist.bot.task_reading import told
from console.conversation.message import Author, Message
from console.conversation.tasks import TaskFact, TaskKind

LEAST = 3
"""Characters of a value from which its being in a reply is no chance."""

WANTED = TaskFact("question", "", "", TaskKind.QUESTION)


def figures(data: Path) -> Iterator[Figure]:
    """Yield how many answers there are, and the share that is taken; what comes with a question is the agent's."""
    replies = list(answers(data / "star" / "train.jsonl.gz"))
    taken = sum(took(reply) for reply in replies)
    yield Figure("answers to an agent's question (STAR)", len(replies))
    plain = [reply for reply in replies if "?" not in reply]
    yield Figure("of them taken for one by a task", taken / len(replies))
    yield Figure("of those without a question of the customer", sum(map(took, plain)) / len(plain), 0.95)


def took(reply: str) -> bool:
    """Return whether a reply counts as an answer."""
    return told(WANTED, [Message("m1", Author.CUSTOMER, reply)]) is not None


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
