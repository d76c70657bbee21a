"""The wrap-up at closing: how soon it is there, and what of a conversation it holds.

    python -m bench.wrapup [DATA]

Latency is that of a real desk over its log, from the question for a proposal to the answer, on the demo's past
conversations replayed to their end. What it should hold is told by labels (``wrapup_labels.toml``, made by reading) and
by the dispositions and outcomes that the past conversations carry; a disposition is judged on each conversation with
only the others as past ones.
"""

import asyncio
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import numpy as np

from bench.data import MODELS, arguments
from bench.figures import Figure, show
from bench.handover import _quiet
from console.assist.engine import Engine
from console.assist.language import prepare as prepare_languages
from console.assist.ports import PastOutcome
from console.assist.talk import Talk
from console.assist.vectors import VectorCache
from console.assist.wrap_up.disposition import dispositions
from console.assist.wrap_up.making import Ending, wrap_up_of
from console.content.conversations import Transcript, read_conversations
from console.content.loader import load_library
from console.conversation.assistance import Routing
from console.conversation.events import NewEvent, RoutingChanged
from console.conversation.message import Layer
from console.conversation.people import Agent, Identity
from console.conversation.wrap_up import FollowUpKind, WrapUpProposal
from console.desk.desk import Desk
from console.desk.intake import Incoming
from console.past import PastCollection, import_conversations
from console.store import open_log
from knowledge import open_embedder

DEMO: Final = Path(__file__).parent.parent / "console" / "demo" / "content"
LABELS: Final = Path(__file__).parent / "wrapup_labels.toml"
TODAY: Final = date(2026, 3, 2)
_NONE: Final = np.zeros(0, dtype=np.float32)
ROBIN: Final = Agent("robin", "Robin Ashdale")


def main() -> None:
    """Print the figures."""
    chosen = arguments(__doc__).parse_args()
    show("Wrap-up", figures(chosen.data, chosen.models))


def figures(data: Path, models: Path = MODELS) -> Iterator[Figure]:
    """Yield all figures; of ``data`` nothing is needed."""
    prepare_languages()
    past = list(read_conversations(DEMO / "past.jsonl"))
    yield from latency(models, past)
    yield from contents(past)
    yield from endings(past, VectorCache(open_embedder(models)))


def latency(models: Path, past: Sequence[Transcript]) -> Iterator[Figure]:
    """Yield the time from the close key's question to the proposal; the demo's past conversations are known."""
    embed = VectorCache(open_embedder(models))
    with tempfile.TemporaryDirectory() as folder:
        import_conversations(past, Path(folder), embed)
        engine = Engine(load_library(DEMO), embed, None, PastCollection.open(Path(folder), embed))
        times = sorted(asyncio.run(_timed(engine, past[::3])))
    yield Figure("wrap-up proposed, median", times[len(times) // 2], unit=" ms")
    p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
    yield Figure("wrap-up proposed, 95th percentile", p95, 200, at_most=True, unit=" ms")


async def _timed(engine: Engine, past: Sequence[Transcript]) -> list[float]:
    times = []
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(open_log(Path(folder), Path(folder) / "config"), engine)
        await desk.start({})
        desk.assistance.ready(engine)
        for transcript in past:
            lines = [Incoming(m.role, m.text, f"k{n}") for n, m in enumerate(transcript.messages)]
            name = await desk.intake.open(
                "bench", transcript.customer, before=lines, handover="asked", level=Identity.VERIFIED
            )
            routed = RoutingChanged(Routing(transcript.intent, Layer.ASSISTED, 1))
            await desk.live.record([NewEvent(name, "assist", routed, datetime.now(UTC))])
            await _quiet(desk)
            await desk.casework.claim(ROBIN, name)
            before = time.perf_counter()
            await desk.wrap_ups.propose(ROBIN, name)
            times.append((time.perf_counter() - before) * 1000)
        await desk.stop()
    return times


def contents(past: Sequence[Transcript]) -> Iterator[Figure]:
    """Yield the shares of labelled promises and facts that are there, and of proposed promises that are labelled."""
    library, labels = load_library(DEMO), tomllib.loads(LABELS.read_text(encoding="utf-8"))
    found: Counter[str] = Counter()
    for transcript in past:
        label = labels.get(transcript.id)
        if label is None:
            continue
        proposal = wrap_up_of(_talk(transcript), Ending(library.behaviour(transcript.intent)))
        found["words"] = max(found["words"], len(proposal.note_text.split()))
        found += _promises(proposal, label["promises"])
        for wanted in label["fields"]:
            found["fields"] += 1
            found["filled"] += any(wanted in f.value and _says(transcript, f.sources, wanted) for f in proposal.fields)
    yield Figure("labelled promises on the checklist", found["there"] / found["promises"], 0.85)
    yield Figure("of the promises on the checklist, labelled", found["right"] / found["proposed"], 0.75)
    yield Figure("labelled facts in the form, with their message", found["filled"] / found["fields"], 0.85)
    yield Figure("words of the longest note", found["words"], 60, at_most=True)


def _says(transcript: Transcript, sources: Sequence[str], value: str) -> bool:
    return any(value in message.text for message in transcript.messages if message.id in sources)


def _promises(proposal: WrapUpProposal, labels: Sequence[str]) -> Counter[str]:
    proposed = [f for f in proposal.follow_ups if f.kind is FollowUpKind.PROMISE]
    pairs = [label.partition(" ")[::2] for label in labels]
    there = [(m, said) for m, said in pairs if any(f.message == m and said in f.text for f in proposed)]
    right = [f for f in proposed if any(f.message == m and said in f.text for m, said in pairs)]
    return Counter(promises=len(pairs), there=len(there), proposed=len(proposed), right=len(right))


def endings(past: Sequence[Transcript], embed: VectorCache) -> Iterator[Figure]:
    """Yield how often the proposed disposition is the one that was given, and how often one is proposed at all.

    Where no other conversation of the kind has the disposition, none can be right.
    """
    found: Counter[str] = Counter()
    for transcript in past:
        alike = [_outcome(other) for other in past if other.id != transcript.id and other.intent == transcript.intent]
        talk = _talk(transcript)
        proposed, usual = dispositions(talk, alike, embed)
        known = transcript.disposition in {case.done for case in alike}
        found["all"] += 1
        found["known"] += known
        found["proposed"] += bool(proposed)
        found["right"] += proposed == transcript.disposition
        found["first"] += transcript.disposition == next(iter(usual), "")
        found["offered"] += known and transcript.disposition in usual
        resolved = wrap_up_of(talk, Ending()).resolved
        found["resolved"] += resolved is not None
        found["resolved right"] += resolved is transcript.resolved
    yield Figure("dispositions proposed, of all closings", found["proposed"] / found["all"])
    if found["proposed"]:
        yield Figure("of the proposed dispositions, right", found["right"] / found["proposed"], 0.7)
    yield Figure(
        "dispositions that the kind has, among the four offered", found["offered"] / max(1, found["known"]), 0.9
    )
    yield Figure("dispositions that the kind has, offered first", found["first"] / max(1, found["known"]))
    yield Figure("closings that are said to be resolved", found["resolved"] / found["all"])
    yield Figure("of those, resolved", found["resolved right"] / max(1, found["resolved"]), 0.95)


def _outcome(transcript: Transcript) -> PastOutcome:
    return PastOutcome(transcript.id, "", _NONE, 1.0, transcript.disposition, transcript.resolved, transcript.intent)


def _talk(transcript: Transcript) -> Talk:
    return Talk(transcript.id, transcript.customer, transcript.messages, transcript.agent, today=TODAY)


if __name__ == "__main__":
    main()
