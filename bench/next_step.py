"""How often a next step is named, and how often it is what was really done.

    python -m bench.next_step [DATA] [--dialogues N] [--past N]

On the dialogues of STAR: four fifths are past conversations (``--past`` of them), and ``--dialogues`` of the others are
judged at each message of the customer; what was done is the last act of the dialogue that is of its task and asks for
nothing. And on the demo's resolved past conversations, each judged at the agent's first turn by all the others.
"""

import argparse
import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bench.data import arguments
from bench.figures import Figure, show
from bench.star import Row, rows, transcript
from bench.turn import DEMO
from console.assist.next_step import NextSteps
from console.assist.ports import Embed, PastOutcome
from console.assist.routing import Router
from console.assist.talk import Talk
from console.assist.vectors import VectorCache
from console.content.behaviours import Behaviour
from console.content.conversations import Transcript, read_conversations
from console.content.loader import load_library
from console.conversation.assistance import NextStep
from console.conversation.message import Author
from console.past import PastCollection, import_conversations
from knowledge import open_embedder

Judged = tuple[bool, float] | None
"""Whether the step named is what was done, and the share stated; ``None`` where none is named."""

_GENERAL = {"hello", "goodbye_1", "goodbye_2", "anything_else", "out_of_scope", "custom", "ask_name", "query_check"}
"""Acts of STAR that belong to no task."""


def figures(data: Path, *, dialogues: int = 150, past: int = 1500, models: Path | None = None) -> Iterator[Figure]:
    """Measure; ``data`` holds star/."""
    embed = VectorCache(open_embedder(models or Path(tempfile.gettempdir()) / "secondchair-bench-models"))
    with tempfile.TemporaryDirectory() as folder:
        yield from star_figures(embed, Path(folder) / "star", data, dialogues, past)
        yield from demo_figures(embed, Path(folder) / "demo")


def star_figures(embed: Embed, folder: Path, data: Path, dialogues: int, past: int) -> Iterator[Figure]:
    """What is named at the customer's messages of held-out dialogues."""
    found = list(rows(data / "star" / "train.jsonl.gz"))
    random.Random(5).shuffle(found)
    fifth = len(found) // 5
    import_conversations((ended(row) for row in found[fifth:][:past] if done_in(row)), folder, embed)
    steps = NextSteps(PastCollection.open(folder, embed), (), embed)
    moments = [judge(steps, ended(row)) for row in found[:fifth] if done_in(row)][:dialogues]
    yield from summed("STAR, each message of the customer", [one for some in moments for one in some])


def demo_figures(embed: Embed, folder: Path) -> Iterator[Figure]:
    """What is named at the agent's first turn of the demo's past conversations, by the others."""
    library, known = load_library(DEMO), read_conversations(DEMO / "past.jsonl")
    import_conversations(known, folder, embed)
    past, router = PastCollection.open(folder, embed), Router(library.behaviours, embed)
    found = []
    for one in known:
        if one.resolved:
            others = NextSteps(Without(past, one.id), library.behaviours, embed)
            found.append(first(others, router, library.behaviours, one))
    yield from summed("demo, the agent's first turn", found)


class Without:
    """Past conversations without one of them."""

    def __init__(self, past: PastCollection, left_out: str) -> None:
        self._past, self._left_out = past, left_out
        self.search, self.sentences, self.version = past.search, past.sentences, past.version

    def similar(self, matter: str, k: int) -> Sequence[PastOutcome]:
        """The others."""
        return [case for case in self._past.similar(matter, k + 1) if case.case != self._left_out]


def judge(steps: NextSteps, one: Transcript) -> list[Judged]:
    """For each message of the customer: what was named."""
    found: list[Judged] = []
    for place, message in enumerate(one.messages):
        if message.role is Author.CUSTOMER:
            step = steps.propose(Talk(one.id, one.customer, one.messages[: place + 1]), "")
            found.append(judged(step, one))
    return found


def first(steps: NextSteps, router: Router, behaviours: Sequence[Behaviour], one: Transcript) -> Judged:
    """The same for the agent's first turn, in the intent that the router reads."""
    place = next(place for place, message in enumerate(one.messages) if message.role is Author.AGENT)
    talk = Talk(one.id, one.customer, one.messages[:place])
    step = steps.propose(talk, router.route(talk).intent)
    return judged(step, one)


def judged(step: NextStep | None, one: Transcript) -> Judged:
    """Whether a step is what was done, and the share of the similar cases that it states."""
    return (step.step.text == one.disposition, step.step.cases / step.similar) if step else None


def summed(name: str, moments: Iterable[Judged]) -> Iterator[Figure]:
    """How many moments have a step, and in how many of those it is right."""
    found = list(moments)
    named = [one for one in found if one is not None]
    yield Figure(f"{name}: moments", len(found))
    yield Figure(f"{name}: share with a next step", len(named) / max(1, len(found)))
    yield Figure(f"{name}: it is what was done", sum(right for right, _ in named) / max(1, len(named)))
    yield Figure(f"{name}: share that it states, mean", sum(share for _, share in named) / max(1, len(named)))


def ended(row: Row) -> Transcript:
    """A dialogue of STAR that tells what was done."""
    return replace(transcript(row), disposition=done_in(row))


def done_in(row: Row) -> str:
    """The last act of the dialogue's task that asks for nothing, in words; empty where there is none."""
    acts = [event["action"] for event in row["events"] if event.get("kind") == "picked"]
    telling = [act for act in acts if act not in _GENERAL and "ask" not in act.split("_")]
    return telling[-1].replace("_", " ") if telling else ""


def main() -> None:
    """Print the figures."""
    parser: argparse.ArgumentParser = arguments(__doc__)
    parser.add_argument("--dialogues", type=int, default=150)
    parser.add_argument("--past", type=int, default=1500)
    chosen = parser.parse_args()
    show(
        "next step",
        figures(chosen.data, dialogues=chosen.dialogues, past=chosen.past, models=chosen.models),
    )


if __name__ == "__main__":
    main()
