"""What the summary keeps of what customers told: STAR dialogues, the half that nothing was tuned on.

A fact is what the agent of the dialogue typed into a form, where the customer's words hold it. It counts as kept where
a line names it and cites, among at most three messages, one that says it.
"""

import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any, Final

from bench.figures import Figure
from console.assist.language import other_language
from console.assist.summary.build import summarise
from console.assist.talk import Talk
from console.conversation.assistance import SummaryKind, SummaryLine
from console.conversation.message import Author, Message
from console.conversation.people import Customer

MOST_SOURCES: Final = 3
FEWEST_WORDS: Final = 4
"""Words of a line that is no fact line from which on it says something."""

STABLE_EVERY: Final = 8
"""Of so many dialogues one is followed turn by turn."""

_ROLES: Final = {"customer": Author.CUSTOMER, "agent": Author.AGENT, "kb": Author.SYSTEM}
_NOT_PLAIN: Final = re.compile(r"\W+")


def figures(data: Path) -> Iterator[Figure]:
    """Yield recall of facts, words, citations and stability; ``data`` is the folder that holds ``star``."""
    kept: list[float] = []
    words: list[int] = []
    cited: list[bool] = []
    stays: list[float] = []
    for dialogue in _held_out(data):
        messages = _messages(dialogue)
        facts = _facts(dialogue, messages)
        if not facts:
            continue
        lines = _summary(messages)
        texts = {m.id: _plain(m.text) for m in messages}
        kept.append(sum(_names(fact, lines, texts) for fact in facts) / len(facts))
        words.append(sum(len(_plain(line.text).split()) for line in lines))
        cited.append(all(line.sources for line in lines))
        if len(kept) % STABLE_EVERY == 0:
            stays += _stays(messages)
    yield Figure(f"facts kept, of {len(kept)} dialogues", mean(kept), 0.92)
    yield Figure("words of a summary, mean", mean(words), 50, at_most=True)
    yield Figure("words of a summary, 95th percentile", sorted(words)[int(len(words) * 0.95)], 90, at_most=True)
    yield Figure("summaries of which every line is cited", mean(cited), 1.0)
    yield Figure("lines that stand in the next summary too, in their order", mean(stays))


def stays(before: Sequence[SummaryLine], after: Sequence[SummaryLine]) -> float:
    """Return the share of lines that stand in the next summary, as they were or grown, in their order."""
    place, found = 0, 0
    for line in before:
        later = (
            n for n in range(place, len(after)) if after[n].kind is line.kind and after[n].text.startswith(line.text)
        )
        at = next(later, None)
        if at is not None:
            place, found = at + 1, found + 1
    return found / len(before) if before else 1.0


def _stays(messages: tuple[Message, ...]) -> Iterator[float]:
    turns = [n for n, m in enumerate(messages, 1) if m.role is Author.CUSTOMER]
    for before, after in pairwise(_summary(messages[:n]) for n in turns):
        yield stays(before, after)


def _held_out(data: Path) -> Iterator[Mapping[str, Any]]:
    with gzip.open(data / "star" / "train.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            dialogue = json.loads(line)
            if sha256(str(dialogue["id"]).encode()).digest()[0] % 2:
                yield dialogue


def _messages(dialogue: Mapping[str, Any]) -> tuple[Message, ...]:
    """Return the messages up to the last that is not the agent's: the last summary that is shown."""
    found = [
        Message(f"m{n}", _ROLES[e["speaker"]], e["text"])
        for n, e in enumerate(dialogue["events"])
        if e["speaker"] in _ROLES
    ]
    while found and found[-1].role is Author.AGENT:
        found.pop()
    return tuple(found)


def _summary(messages: tuple[Message, ...]) -> tuple[SummaryLine, ...]:
    if other_language([m.text for m in messages if m.role is Author.CUSTOMER]):
        return ()
    return summarise(Talk("", Customer(""), messages))


def _facts(dialogue: Mapping[str, Any], messages: Sequence[Message]) -> set[str]:
    told = _plain(" ".join(m.text for m in messages if m.role is Author.CUSTOMER))
    typed = {_plain(fact) for e in dialogue["events"] if e["speaker"] == "query" for fact in e["facts"]}
    return {fact for fact in typed if len(fact) > 1 and fact in told}


def _names(fact: str, lines: Sequence[SummaryLine], texts: Mapping[str, str]) -> bool:
    return any(
        fact in _plain(line.text) and any(fact in texts.get(source, "") for source in line.sources)
        for line in lines
        if 0 < len(line.sources) <= MOST_SOURCES
        and (line.kind is SummaryKind.FACT or len(_plain(line.text).split()) >= FEWEST_WORDS)
    )


def _plain(text: str) -> str:
    return _NOT_PLAIN.sub(" ", text.lower()).strip()
