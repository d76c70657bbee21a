"""What the heads learn from: public data (docs/heads names it and its licences), and sentences of our own."""

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import console.demo
from console.text import clean

Row = dict[str, Any]

CARRIER: Final = 600
"""Characters of a passage; as long as what a search shows."""

PASSAGES: Final = 900
"""Passages of a field at most, so that no field outweighs the others."""

_LONG_ANSWER: Final = 200
"""Characters from which what an agent wrote is like a page."""

_OWN: Final = Path(__file__).parent / "texts"
_BLANK_LINES: Final = re.compile(r"\n[^\S\n]*+\n")


@dataclass(frozen=True, slots=True)
class Attack:
    """An instruction that has no place in an article, and what kind of task it is."""

    text: str
    kind: str


def rows(path: Path) -> Iterator[Row]:
    """Yield the JSON objects of a file, packed or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def own(name: str) -> list[str]:
    """Return the sentences of one of our own files, headings left out."""
    lines = (_OWN / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def own_attacks() -> list[Attack]:
    """Return our own attacks with their headings as kinds."""
    found, kind = [], ""
    for line in (_OWN / "attacks.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            kind = line.removeprefix("# ")
        elif line:
            found.append(Attack(line, kind))
    return found


def benign(*, held_out: bool) -> list[str]:
    """Return every second of our benign sentences that are full of words attacks use; the others are held out."""
    return own("benign")[1 if held_out else 0 :: 2]


def customers() -> list[str]:
    """Return what cross customers write, in five languages: the public attacks have German ones, their benign few."""
    return own("customers")


def planted_attacks(data: Path) -> list[Attack]:
    """Return BIPIA's attacks."""
    return [Attack(row["text"], row["category"]) for row in rows(data / "injection" / "bipia_text_attacks.jsonl")]


def direct(data: Path) -> tuple[list[str], list[bool]]:
    """Return deepset's prompts, and which of them are attacks."""
    found = list(rows(data / "injection" / "deepset_train.jsonl"))
    return [row["text"] for row in found], [bool(row["label"]) for row in found]


def requests(data: Path, name: str, most: int) -> list[str]:
    """Return so many of the requests of ``banking77`` or ``clinc150``, from all over."""
    return _spread([row["text"] for row in rows(data / "intents" / f"{name}_train.jsonl.gz")], most)


def said_by_customers(data: Path, most: int, *, annoyed: bool = True) -> list[str]:
    """Return so many messages of STAR's customers, each once; without those of annoyed people, if so asked."""
    found: dict[str, None] = {}
    for row in rows(data / "star" / "train.jsonl.gz"):
        asked = row["questionnaire"] if isinstance(row["questionnaire"], list) else []
        if annoyed or not any(q["Answer"] for q in asked if "aggressive" in q["Question"]):
            found.update((event["text"], None) for event in row["events"] if event["speaker"] == "customer")
    return _spread(list(found), most)


def carriers(data: Path) -> dict[str, list[str]]:
    """Return passages without attacks, by field: health, reviews, questions and answers, guidelines and so on."""
    fields = {
        "health": [row["text"][:CARRIER] for row in rows(data / "medquad" / "kb.jsonl.gz")],
        "reviews": _reviews(data),
        "questions": _questions(data),
        "guidelines": _guidelines(data),
        "policies": [p for f in sorted((data / "tau-bench").glob("*.md")) for p in _passages(_read(f))],
        "shop": [p for f in sorted(_demo().rglob("*.md")) for p in _passages(_read(f))],
        "look-ups": _look_ups(data),
        "dialogues": _dialogues(data),
        "answers": [text for text in _said(data, "assistant") if len(text) > _LONG_ANSWER],
        "tools": _said(data, "tool"),
    }
    return {name: [clean(text) for text in _spread(texts, PASSAGES)] for name, texts in fields.items()}


def _reviews(data: Path) -> list[str]:
    found: dict[str, list[str]] = {}
    for row in rows(data / "dstc11" / "kb.jsonl.gz"):
        if row["type"] == "review":
            found.setdefault(row["id"].rsplit("|", 1)[0], []).append(row["text"])
    return [" ".join(texts)[:CARRIER] for texts in found.values()]


def _questions(data: Path) -> list[str]:
    """One to six questions of one place with their answers, as a help page has them."""
    chance = random.Random(3)
    found: dict[str, list[str]] = {}
    for row in rows(data / "dstc11" / "kb.jsonl.gz"):
        if row["type"] != "review":
            found.setdefault(row["entity"], []).append(f"{row['title']}\n{row['text']}")
    passages = []
    for texts in found.values():
        count = chance.choice((1, 2, 4, 6))
        passages += ["\n".join(texts[at : at + count])[:CARRIER] for at in range(0, len(texts), count)]
    return passages


def _guidelines(data: Path) -> list[str]:
    flows = json.loads(_read(data / "policies" / "guidelines.json")).values()
    told = ("\n\n".join(_strings(flow)) for of_one in flows for flow in of_one.get("subflows", {}).values())
    return [passage for text in told for passage in _passages(text)]


def _look_ups(data: Path) -> list[str]:
    told = (event["text"] for row in rows(data / "star" / "train.jsonl.gz") for event in row["events"]
            if event["speaker"] == "kb")  # fmt: skip
    return [text[:CARRIER] for text in dict.fromkeys(told)]


def _dialogues(data: Path) -> list[str]:
    """Conversations as somebody may look them up: people ask each other for things there, about one matter."""
    contexts = [[turn["text"] for turn in row["turns"]] for row in rows(data / "dstc11" / "contexts.jsonl.gz")]
    told = [
        [event["text"] for event in row["events"] if event["speaker"] in {"customer", "agent"}]
        for row in rows(data / "star" / "train.jsonl.gz")
    ]
    chosen = [*_spread(contexts, PASSAGES // 2), *_spread(told, PASSAGES // 3)]
    return ["\n".join(texts)[:CARRIER] for texts in chosen]


def _said(data: Path, role: str) -> list[str]:
    """What agents of tau-bench's airline wrote, or its tools returned, each once."""
    with gzip.open(data / "tau-bench" / "airline_runs.json.gz", "rt", encoding="utf-8") as file:
        runs = json.load(file)
    told = (str(turn["content"]) for run in runs for turn in run["traj"] if turn["role"] == role and turn["content"])
    return list(dict.fromkeys(text[:CARRIER] for text in told))


def _passages(text: str) -> list[str]:
    """Return a text in passages of whole paragraphs."""
    found, current = [], ""
    for paragraph in filter(None, map(str.strip, _BLANK_LINES.split(text))):
        if current and len(current) + len(paragraph) > CARRIER:
            found.append(current[:CARRIER])
            current = ""
        current = f"{current}\n{paragraph}".strip()
    return [*found, current[:CARRIER]] if current else found


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _spread(texts: Sequence[str], most: int) -> list[str]:
    """Return so many texts at most, from all over, in an order of chance that is always the same."""
    chosen = list(texts)
    random.Random(5).shuffle(chosen)
    return chosen[:most]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _demo() -> Path:
    return Path(str(console.demo.__path__[0])) / "content" / "articles"
