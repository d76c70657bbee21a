"""The hand-over: how soon the packet is there, what it holds, and how right the triggers are.

    python -m bench.handover [DATA]

Latency is that of a real desk over its log, from the hand-over's event to the packet's, once with conversations that
arrive whole and once with conversations that were read message by message. What has to be in a packet is told by
expressions of this module's own and by labels (``handover_promises.toml``), not by what the packet finds.
"""

import asyncio
import re
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from statistics import mean
from typing import Any, Final

from bench.data import MODELS, arguments
from bench.figures import Figure, show
from bench.summaries import MOST_SOURCES, _facts, _held_out, _messages, _names
from console.assist.engine import Engine
from console.assist.language import prepare as prepare_languages
from console.assist.packet import Handed, packet_of
from console.assist.talk import Talk
from console.assist.vectors import VectorCache
from console.content.conversations import read_conversations
from console.content.loader import load_library
from console.content.scripts import load_scripts
from console.conversation.assistance import SummaryKind, SummaryLine
from console.conversation.handover import HandoverWhen
from console.conversation.message import Author, Message
from console.conversation.packet import EarlierContact
from console.conversation.packet_events import PacketPrepared
from console.conversation.people import Customer, Identity
from console.desk.desk import Desk
from console.desk.intake import Incoming
from console.store import open_log
from knowledge import open_embedder

DEMO: Final = Path(__file__).parent.parent / "console" / "demo" / "content"
PROMISES: Final = Path(__file__).parent / "handover_promises.toml"
TALKS: Final = Path(__file__).parent / "handover_talks.toml"
TODAY: Final = date(2026, 3, 2)
"""Any day: dates of the records are not asked for."""

EVERY: Final = 4
"""Of so many past conversations one is labelled, beginning with the second."""

_CODE: Final = re.compile(
    r"\b(?:LF-\d{5}|(?:NP|SF)[ -]\d{4}[ -]\d{4}(?: \d{2})?|INV-\d{6}|RP-\d{4}|LC-\d{6}|[A-Z]{2}\d-\d{3,4}|"
    r"[\w.]+@[\w.]+\.\w+|07\d{3} ?\d{6})\b"
)
"""How this company writes what names one thing of a customer's."""

Row = Mapping[str, Any]


def main() -> None:
    """Print the figures."""
    chosen = arguments(__doc__).parse_args()
    show("Hand-over", figures(chosen.data, chosen.models))


def figures(data: Path, models: Path = MODELS) -> Iterator[Figure]:
    """Yield all figures; ``data`` is the folder that holds ``star``."""
    embedder = open_embedder(models)
    prepare_languages()
    yield from latency(models)
    engine = Engine(load_library(DEMO), VectorCache(embedder))
    yield from completeness(engine)
    yield from triggers(engine)
    yield from recall(data)


def latency(models: Path) -> Iterator[Figure]:
    """Yield the time from a hand-over to its packet, on the demo's escalated conversations, nothing of them known."""
    for at_once, name in ((False, "read as it went"), (True, "arrived whole")):
        engine = Engine(load_library(DEMO), VectorCache(open_embedder(models)))
        times = asyncio.run(_timed(engine, at_once=at_once))
        ordered = sorted(times)
        yield Figure(f"packet ready, conversation {name}, median", ordered[len(ordered) // 2], unit=" ms")
        p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        yield Figure(f"packet ready, conversation {name}, 95th percentile", p95, 200, at_most=True, unit=" ms")


async def _timed(engine: Engine, *, at_once: bool) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(open_log(Path(folder), Path(folder) / "config"), engine)
        await desk.start({})
        desk.assistance.ready(engine)
        done = asyncio.Event()
        times: dict[str, float] = {}

        def watch(event: Any) -> None:  # noqa: ANN401 - any event
            if isinstance(event.data, PacketPrepared):
                times.setdefault(event.conversation, event.data.ms)
                done.set()

        desk.live.watchers.append(watch)
        for script in load_scripts(DEMO / "scenarios", DEMO):
            lines = [Incoming(line.role, line.text, f"k{n}") for n, line in enumerate(script.bot_part)]
            handover = script.reason if at_once else ""
            before = lines if at_once else lines[:1]
            done.clear()
            name = await desk.intake.open(
                "bench", script.customer, before=before, handover=handover, level=Identity.VERIFIED
            )
            if not at_once:
                for line in lines[1:]:
                    await _quiet(desk)
                    await desk.intake.receive(name, line)
                await desk.intake.hand_over(name, script.reason, script.tier)
            await asyncio.wait_for(done.wait(), 30)
            await _quiet(desk)
        await desk.stop()
        return list(times.values())


async def _quiet(desk: Desk) -> None:
    """Wait until the desk has read the newest message: nobody hands over before the bot has answered."""
    for running in (desk.assistance._running, desk.packets._running, desk.assistance._running):
        for name in running.names():
            await running.settled(name)


def completeness(engine: Engine) -> Iterator[Figure]:
    """Yield how many identifiers and promises of the demo's conversations stand in their packets."""
    labels = tomllib.loads(PROMISES.read_text(encoding="utf-8"))
    wanted, found = 0, 0
    promised: dict[bool, list[bool]] = {True: [], False: []}
    for name, customer, messages in _demo():
        packet = engine.packet(Talk(name, customer, messages, today=TODAY), Handed())
        if packet.dark:
            continue
        codes = {_code(code) for m in messages for code in _CODE.findall(m.text)}
        wanted += len(codes)
        found += len(codes & {_code(fact.value) for fact in packet.facts})
        for promise in labels.get(name, {}).get("promises", ()):
            message, _, text = promise.partition(" ")
            kept = any(p.message == message and _plain(text) in _plain(p.text) for p in packet.promised)
            promised[labels[name].get("held_out", False)].append(kept)
    yield Figure(f"identifiers in the packet, of {wanted}", found / wanted, 1.0)
    yield Figure(f"promises in the packet, of {len(promised[False])}", mean(promised[False]), 1.0)
    yield Figure(f"promises in the packet, of {len(promised[True])} held out", mean(promised[True]), 1.0)


def _demo() -> Iterator[tuple[str, Customer, tuple[Message, ...]]]:
    for script in load_scripts(DEMO / "scenarios", DEMO):
        messages = tuple(Message(f"m{n}", line.role, line.text) for n, line in enumerate(script.bot_part, 1))
        yield script.id, script.customer, messages
    for place, past in enumerate(read_conversations(DEMO / "past.jsonl"), 1):
        if place % EVERY == 2:
            yield past.id, past.customer, tuple(past.messages)


def triggers(engine: Engine) -> Iterator[Figure]:
    """Yield how right the triggers are on labelled conversations, those that were tuned on and those held out."""
    talks = tomllib.loads(TALKS.read_text(encoding="utf-8"))["talk"]
    for held_out, name in ((False, "tuned on"), (True, "held out")):
        right = wrong = missed = 0
        for talk in (t for t in talks if t.get("held_out", False) is held_out):
            fired = fired_in(engine, talk)
            expected, allowed = set(talk["expect"]), set(talk.get("allow", ()))
            right += len(fired & expected)
            wrong += len(fired - expected - allowed)
            missed += len(expected - fired)
        yield Figure(f"triggers that fire rightly, {name}", right / max(1, right + wrong), 0.9)
        yield Figure(f"triggers that fire of those that should, {name}", right / max(1, right + missed), 0.9)


JUDGED: Final = frozenset(HandoverWhen) - {HandoverWhen.PREDICTED, HandoverWhen.UNSURE}
"""What is labelled: the prediction is measured by bench.escalation, and whether there is an answer by the bot's own."""


def fired_in(engine: Engine, talk: Row) -> set[str]:
    """Return the triggers that fire in a labelled conversation."""
    roles = {"c": Author.CUSTOMER, "b": Author.BOT, "s": Author.SYSTEM, "a": Author.AGENT}
    messages = tuple(Message(f"m{n}", roles[line[0]], line[2:].strip()) for n, line in enumerate(talk["said"], 1))
    customer = Customer("u", "Kim Reed", "Kim", value=float(talk.get("value", 120)))
    earlier = tuple(EarlierContact("c0", "2026-01-02", "the same", "", same=s) for s in talk.get("earlier", ()))
    found = engine.triggers(Talk("t", customer, messages), Handed(earlier=earlier))
    return {trigger.when.value for trigger in found if trigger.when in JUDGED}


def recall(data: Path) -> Iterator[Figure]:
    """Yield the share of what STAR's agents typed, as the customer had said it, that stands in the packet."""
    kept: list[float] = []
    alone: list[float] = []
    for dialogue in _held_out(data):
        messages = _messages(dialogue)
        facts = _facts(dialogue, messages)
        if not facts:
            continue
        texts = {m.id: _plain(m.text) for m in messages}
        packet = packet_of(Talk("", Customer(""), messages), Handed())
        lines = [SummaryLine(SummaryKind.FACT, fact.value, fact.sources[:MOST_SOURCES]) for fact in packet.facts]
        for counted, shown in ((kept, [*packet.issue, *lines]), (alone, lines)):
            counted.append(sum(_names(fact, shown, texts) for fact in facts) / len(facts))
    yield Figure(f"STAR: facts in the packet, of {len(kept)} dialogues nothing was tuned on", mean(kept), 0.95)
    yield Figure("STAR: the same in its list of facts alone, without issue and wishes", mean(alone))


def _code(text: str) -> str:
    return re.sub(r"[\s-]", "", text).lower()


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


if __name__ == "__main__":
    main()
