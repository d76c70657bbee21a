"""STAR's dialogues as conversations of the desk: what replies, summaries and mood are measured on."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from console.assist.engine import Engine
from console.assist.headless import replay
from console.content.conversations import Transcript, transcript_from_record

Row = dict[str, Any]
ROLES = {"customer": "customer", "agent": "agent", "kb": "system"}
FIFTHS = 5


def dialogues(data: Path) -> list[Row]:
    """Return all dialogues, ``data`` being the folder that holds star/."""
    return list(rows(data / "star" / "train.jsonl.gz"))


def held_out(dialogue: Row) -> bool:
    """Return whether a dialogue is of the fifth, by a digest of its id, that nothing is learned from or tuned on."""
    return int(hashlib.sha256(str(dialogue["id"]).encode()).hexdigest(), 16) % FIFTHS == 0


def transcript(dialogue: Row) -> Transcript:
    """Return a dialogue as a past conversation."""
    messages = [
        {"id": f"m{place}", "role": ROLES[event["speaker"]], "text": event["text"]}
        for place, event in enumerate(dialogue["events"])
        if event["speaker"] in ROLES
    ]
    name = str(dialogue["id"])
    return transcript_from_record({"id": name, "customer": {"id": f"c{name}"}, "resolved": True, "messages": messages})


def replayed(engine: Engine, dialogue: Row) -> Iterator[Row]:
    """Yield the lines of the ``assist`` command for a dialogue."""
    talk = transcript(dialogue)
    return replay(engine, talk.id, talk.customer, talk.messages)


def rows(path: Path) -> Iterator[Row]:
    """Yield the JSON objects of a file, packed or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def norm(text: str) -> str:
    """Return a text without case and punctuation."""
    return re.sub(r"\W+", " ", text.lower()).strip()


def annoyed(dialogue: Row) -> bool | None:
    """Return whether the customer became annoyed, as the agent judged it; ``None`` where nobody was asked."""
    asked: Iterable[Row] = dialogue["questionnaire"] if isinstance(dialogue["questionnaire"], list) else ()
    answers = [q["Answer"] for q in asked if "aggressive" in q["Question"]]
    return bool(answers[0]) if answers else None
