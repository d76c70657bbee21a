"""How good the engine's marks of quality are, and what they cost.

    python -m bench.quality [DATA] [--wrong] [--conversations 400]

Against conversations marked by hand (``bench/quality_cases.txt``): those that the rules were written with, and those
that they were not. Against STAR: what the same rules say of drafts that people wrote beside the act that they chose.
Speed: the demo's generated history, one conversation after another, nothing embedded before; and the lead's look at the
marks of many conversations.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median

import numpy as np

from bench import star
from bench.figures import Figure, show
from bench.quality_data import Labelled, demo, labelled
from console.assist.greetings import without_greeting
from console.assist.quality.examiner import Examiner
from console.assist.quality.looks.closing import LEAVES, OFFERS
from console.assist.quality.scoring import score
from console.assist.quality.tools import Tools
from console.assist.vectors import VectorCache
from console.content.rubrics import Rubric
from console.conversation import events as e
from console.conversation.assistance import Routing
from console.conversation.message import Layer
from console.conversation.quality import CriterionMark, Mark
from console.conversation.quality_events import QualityScored
from console.conversation.quality_review import MARKS
from console.conversation.state import fold
from console.demo.history import Shape, conversations, material
from console.desk.assistant import talk_of
from console.review.quality.agreement import agreement
from console.review.quality.marks import QualityMarks
from console.review.quality.quality import Named, quality_of
from knowledge import open_embedder

UNTIL = datetime(2026, 11, 20, 9, tzinfo=UTC)
MANY = 30_000
"""Conversations of the lead's look."""
BYES = ("goodbye_1", "goodbye_2", "ride_bye", "trivia_bye", "spaceship_bye")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--wrong", action="store_true", help="print where the engine says otherwise, of those tuned on")
    parser.add_argument("--conversations", type=int, default=400, help="of the history, whose marking is timed")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        embedder = open_embedder(Path(tempfile.gettempdir()) / "secondchair-bench-models")
        rubric, tools = demo(Path(folder), embedder)
        show("Against marks by hand", by_hand(rubric, tools, wrong=chosen.wrong))
        if (chosen.data / "star").is_dir():
            show("Against acts of STAR", by_acts(chosen.data))
        show("Speed", speed(rubric, tools, chosen.conversations))
        show("The lead's look", look())


def by_hand(rubric: Rubric, tools: Tools, *, wrong: bool = False) -> Iterator[Figure]:
    """Yield kappa and agreement, tuned on and not, and agreement by criterion of those that were not."""
    every = [(one, _mark(one, rubric, tools)) for one in labelled()]
    for name, tuned in (("the rules were written with", True), ("not seen before", False)):
        pairs = [(one.label, mark.mark) for one, mark in every if one.tuned is tuned]
        ours, theirs = (np.array([MARKS.index(pair[side]) for pair in pairs]) for side in (1, 0))
        found = agreement(ours, theirs, len(MARKS))
        yield Figure(f"κ, {len(pairs)} {name}", found.kappa or 0.0)
        yield Figure("  its 95 % interval, lower limit", found.low)
        yield Figure("  upper limit", found.high)
        yield Figure("  same mark", found.same / max(1, found.pairs))
    for criterion in rubric.titles:
        mine = [one.label is mark.mark for one, mark in every if one.criterion == criterion and not one.tuned]
        if mine:
            yield Figure(f"same mark, {criterion}, not seen before ({len(mine)})", sum(mine) / len(mine))
    for one, mark in every if wrong else ():
        if one.tuned and one.label is not mark.mark:
            said = " / ".join(f"{m.role[:1]}: {m.text}" for m in one.case.messages)
            print(f"    {one.criterion}: {one.label} by hand, {mark.mark} ({mark.reason}) – {said}")


def _mark(one: Labelled, rubric: Rubric, tools: Tools) -> CriterionMark:
    marks = score(one.case, rubric, tools)
    return next(mark for mark in marks if mark.criterion == one.criterion)


def by_acts(data: Path) -> Iterator[Figure]:
    """Yield precision and recall of what the rules see in drafts, against the act that their writers then chose."""
    drafts = [
        (event["agent_draft"], event["action"])
        for dialogue in star.dialogues(data)
        for event in dialogue["events"]
        if event.get("kind") == "picked" and event.get("agent_draft") and event["action"] != "custom"
    ]
    seen: dict[str, tuple[Callable[[str], bool], tuple[str, ...]]] = {
        "a greeting": (lambda text: without_greeting(text) != text.strip(), ("hello",)),
        "anything else?": (lambda text: OFFERS.search(text) is not None, ("anything_else",)),
        "a goodbye": (lambda text: LEAVES.search(text) is not None, BYES),
    }
    for name, (sees, acts) in seen.items():
        said = [(sees(text), act in acts) for text, act in drafts]
        hits = sum(one and other for one, other in said)
        yield Figure(f"{name}, precision (of {sum(one for one, _ in said)})", hits / sum(one for one, _ in said))
        yield Figure(f"{name}, recall (of {sum(other for _, other in said)})", hits / sum(other for _, other in said))


def speed(rubric: Rubric, tools: Tools, most: int) -> Iterator[Figure]:
    """Yield the milliseconds of a conversation."""
    examiner, took, counts = Examiner(rubric, tools), [], dict.fromkeys(Mark, 0)
    for told in islice(conversations(Shape(UNTIL), material()), most * 2):
        events = [
            e.Event(place, one.conversation, one.actor, one.data, one.at, one.channel, one.external_id)
            for place, one in enumerate(told.events, 1)
        ]
        state = fold(events[0].conversation, events)
        if state.status != "closed" or not state.taken_at or len(took) == most:
            continue
        embed = getattr(tools, "_embed", None)
        if isinstance(embed, VectorCache):
            embed.clear()
        start = time.perf_counter()
        scored = examiner.examine(state, talk_of(state, UNTIL.date()))
        took.append((time.perf_counter() - start) * 1000)
        for mark in scored.marks:
            counts[mark.mark] += 1
    yield Figure(f"a conversation, p50 (of {len(took)})", median(took), unit=" ms")
    yield Figure("a conversation, p95", float(np.percentile(took, 95)), unit=" ms")
    for mark, count in counts.items():
        yield Figure(f"of all marks, {mark.said}", count / sum(counts.values()))


def look() -> Iterator[Figure]:
    """Yield what it takes to take marks in, and to look at them."""
    book, numbers, seq = QualityMarks(UNTIL - timedelta(weeks=10)), np.random.default_rng(1), 0
    names = ("greeting", "facts", "policy", "empathy", "accuracy", "next-step", "closing", "clear-words")
    start = time.perf_counter()
    for place in range(MANY):
        at = UNTIL - timedelta(minutes=float(numbers.uniform(0, 60_000)))
        marks = tuple(CriterionMark(name, MARKS[int(numbers.integers(5))]) for name in names)
        routing = Routing(f"i{place % 20}", Layer.ASSISTED, 1, skills=(f"s{place % 5}",))
        for data in (
            e.RoutingChanged(routing),
            e.ConversationClaimed(f"a{place % 30}", ""),
            e.ConversationClosed("", resolved=True),
            QualityScored("r1", "x", marks),
        ):
            seq += 1
            book.take(e.Event(seq, f"c{place}", "assist", data, at))
    yield Figure(f"taking in {MANY:,} scored conversations", time.perf_counter() - start, unit=" s")
    start = time.perf_counter()
    quality_of(book, UNTIL, 9, Named("r1", {name: (name, "") for name in names}))
    yield Figure("the whole look at them", (time.perf_counter() - start) * 1000, unit=" ms")


if __name__ == "__main__":
    main()
