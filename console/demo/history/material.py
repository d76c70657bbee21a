"""What the generated history is made from: the demo company's own content and past talks, and some words more."""

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

import numpy as np

from console.assist.mood.reading import MoodReader
from console.assist.ports import Nearest, Vectors
from console.content.conversations import Transcript, read_conversations
from console.content.library import Library
from console.content.loader import load_library
from console.content.macros import SLOT, Macro, Stage
from console.conversation.message import Author, Layer
from console.demo.history.plants import BAD_MACRO, Plant
from knowledge import Document, load

_NAMED: Final = re.compile(r"\bI'm (?:[A-Z][a-z]+)\b")


@dataclass(frozen=True, slots=True)
class Dialogue:
    """How a conversation goes once a person has it: lines of who and what, with slots, and how it ends."""

    lines: tuple[tuple[Author, str], ...]
    disposition: str
    resolved: bool = True
    opening: str = ""
    """What the customer came with; empty where any opening of the matter fits."""
    item: tuple[str, str] | None = None
    """What they had ordered, and for how much, where the lines speak of it."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that customers come with."""

    intent: str
    weight: float
    order: str
    """How their order stands."""
    due: int
    """In how many days it is due; negative where it was."""
    articles: tuple[str, ...]
    openings: tuple[str, ...]
    dialogues: tuple[Dialogue, ...]
    plant: Plant | None = None


_TOLD: Final = "with ratings, and presence that goes by the work"
"""How histories are told: one that was begun otherwise is not gone on with."""


@dataclass(frozen=True, slots=True)
class Material:
    """All of it."""

    library: Library
    matters: tuple[Matter, ...]
    articles: Mapping[str, Document]
    words: Mapping[str, Any]
    edition: str
    bad: str = BAD_MACRO
    """The macro that makes customers angry; empty where its text is another by now."""
    retired: frozenset[str] = frozenset()
    """Sources from which nothing is suggested, as ``type:id``."""
    answers: Callable[[str], Nearest] | None = None
    """Says what the articles in force hold on a question; without it the missing ones are missing."""
    moods: MoodReader = field(default_factory=lambda: MoodReader(_NoVectors()))
    """Reads a mood by words alone, as a desk does before its model is there: quick, and the same everywhere."""
    _names: list[str] = field(default_factory=list)
    _offered: dict[str, tuple[Macro, ...]] = field(default_factory=dict)

    def offered(self, intent: str) -> Sequence[Macro]:
        """Return the macros that may be offered in an intent: its own, those for anybody's feelings, first words."""
        if intent not in self._offered:
            fitting = (macro for macro in self.library.macros if _may_be_offered(macro, intent))
            self._offered[intent] = tuple(macro for macro in fitting if f"macro:{macro.id}" not in self.retired)
        return self._offered[intent]

    @property
    def names(self) -> Sequence[str]:
        """Names that nobody has."""
        if not self._names:
            people = self.words["people"]
            self._names.extend(f"{first} {last}" for first in people["first"] for last in people["last"])
        return self._names

    def lines(self, name: str) -> Sequence[str]:
        """Return what customers say of a kind."""
        found: Sequence[str] = self.words[name]
        return found

    def staff(self, name: str) -> Sequence[str]:
        """Return what colleagues say of a kind."""
        found: Sequence[str] = self.words["agents"][name]
        return found


def _may_be_offered(macro: Macro, intent: str) -> bool:
    fits = intent in macro.intents or (not macro.intents and (macro.acknowledges or macro.stage is not Stage.ANY))
    return fits and Layer.ASSISTED in macro.layers and macro.after is None and not macro.asks


class _NoVectors:
    """No text is like any other: what is left of a reading are the words."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a row of zeros a text."""
        return np.zeros((len(texts), 1), np.float32)


@cache
def material() -> Material:
    """Return the material that comes with the program; reading it takes about a second, once."""
    with as_file(files("console.demo")) as demo:
        return read_material(demo / "content", demo / "history")


def read_material(content: Path, own: Path, library: Library | None = None) -> Material:
    """Return the material of a folder of content and one of words; ``library`` stands for the content's own rules."""
    library = library or load_library(content)
    authored = {name: (own / name).read_text(encoding="utf-8") for name in ("matters.toml", "words.toml")}
    past: dict[str, list[Transcript]] = {}
    for transcript in read_conversations(content / "past.jsonl"):
        past.setdefault(transcript.intent, []).append(transcript)
    words = tomllib.loads(authored["words.toml"])
    rows = tomllib.loads(authored["matters.toml"])["matter"]
    matters = tuple(_matter(row, library, past.get(row["intent"], ()), words) for row in rows)
    documents = {item.id: item for item in load(content / "articles") if isinstance(item, Document)}
    told = "\x00".join(
        (_TOLD, library.edition, *authored.values(), (content / "past.jsonl").read_text(encoding="utf-8"))
    )
    return Material(library, matters, documents, words, hashlib.sha256(told.encode()).hexdigest()[:12])


def _matter(row: Mapping[str, Any], library: Library, past: Sequence[Transcript], words: Mapping[str, Any]) -> Matter:
    behaviour, plant = library.behaviour(row["intent"]), Plant(row["plant"]) if "plant" in row else None
    openings = row.get("openings") or (behaviour.examples if behaviour else ())
    missing = plant is Plant.MISSING_ARTICLE
    talks = [[f"a: {reply}"] for reply in words["hire_replies"]] if missing else row.get("talks", ())
    told = tuple(_told(lines, row["disposition"]) for lines in talks)
    return Matter(
        row["intent"],
        row["weight"],
        row["order"],
        row["due"],
        tuple(row["articles"]),
        tuple(words["hire"]) if missing else tuple(openings),
        told or tuple(map(_of_past, past)),
        plant,
    )


def _told(lines: Sequence[str], disposition: str) -> Dialogue:
    roles = {"a": Author.AGENT, "c": Author.CUSTOMER}
    return Dialogue(tuple((roles[line[0]], line[3:]) for line in lines), disposition)


def _of_past(transcript: Transcript) -> Dialogue:
    """Return a past conversation with slots for what was this customer's: lines from the first of a person on."""
    said = [(message.role, _slotted(message.text, transcript)) for message in transcript.messages]
    first = next(place for place, (role, _) in enumerate(said) if role is Author.AGENT)
    order = transcript.customer.orders[0] if transcript.customer.orders else None
    return Dialogue(
        tuple(line for line in said[first:] if line[0] is not Author.BOT),
        transcript.disposition,
        transcript.resolved,
        said[0][1],
        (order.item, order.total) if order else None,
    )


def _slotted(text: str, transcript: Transcript) -> str:
    customer = transcript.customer
    text = SLOT.sub("", text)
    pairs = [(customer.name, "customer.name"), (customer.first_name, "customer.first_name")]
    pairs += [(order.number, "order.number") for order in customer.orders[:1]]
    for value, slot in pairs:
        if value:
            text = re.sub(rf"\b{re.escape(value)}\b", f"{{{slot}}}", text)
    return _NAMED.sub("I'm {agent.name}", text)
