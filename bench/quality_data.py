"""Conversations marked by hand, and the demo's rubric and tools to mark them by."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import console.demo
from console.assist.flags.watch import Watch
from console.assist.mood.reading import MoodReader
from console.assist.quality.case import Case
from console.assist.quality.tools import EngineTools
from console.assist.talk import Talk
from console.assist.vectors import VectorCache
from console.content.loader import load_library
from console.content.rubrics import Rubric
from console.conversation.message import Author, Message
from console.conversation.people import Customer
from console.conversation.quality import Mark
from console.server.articles import Articles
from knowledge import Embedder, KnowledgeIndex

CONTENT = Path(console.demo.__file__).parent / "content"
FILE = Path(__file__).with_name("quality_cases.txt")
_ROLES = {"C": Author.CUSTOMER, "B": Author.BOT, "S": Author.SYSTEM, "A": Author.AGENT}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A conversation and the mark that a person gave it for one criterion."""

    criterion: str
    label: Mark
    tuned: bool
    """Whether the rules were written with it in sight."""
    case: Case


def labelled(file: Path = FILE) -> Iterator[Labelled]:
    """Yield what was marked by hand."""
    text = "\n".join(line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    for number, block in enumerate(re.split(r"^== ", text, flags=re.MULTILINE)[1:], 1):
        head, *lines = block.strip().splitlines()
        criterion, label, split = head.split()
        messages = tuple(_message(place, line) for place, line in enumerate(lines, 1))
        case = Case(Talk(f"q{number}", Customer(id=f"q{number}"), messages), resolved=True)
        yield Labelled(criterion, Mark(label), split == "dev", case)


def _message(place: int, line: str) -> Message:
    role, _, text = line.partition(": ")
    return Message(f"m{place}", _ROLES[role], text)


def demo(folder: Path, embedder: Embedder) -> tuple[Rubric, EngineTools]:
    """Return the demo's rubric, and the engine's tools over its policies and articles; ``folder`` is to be empty."""
    index = KnowledgeIndex(folder / "articles", embedder)
    index.update_from(CONTENT / "articles")
    library, cache = load_library(CONTENT), VectorCache(embedder)
    assert library.rubric is not None
    tools = EngineTools(Watch(library, cache), MoodReader(cache), cache, Articles(index))
    return library.rubric, tools
