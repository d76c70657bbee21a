"""How often each flag is a false alarm on ordinary messages, and how right the warning of an escalation is.

    python -m bench.flags [DATA]

Ordinary messages are those of customers who book, ask and bank: STAR, Banking77, CLINC150, DSTC11 and tau-bench's
airline. A few of them are true alarms (STAR's customers are played, and some of the players were evicted or bereaved),
so that the rates are upper bounds. Agents' messages of the same dialogues stand for drafts.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from bench import escalation
from bench.data import MODELS, arguments, lines, spread
from bench.figures import Figure, show
from console.assist.flags import abuse, personal
from console.assist.flags.policies import PolicyWatch
from console.assist.ports import Embed
from console.assist.vectors import VectorCache
from console.content.conditions import Record
from console.content.loader import built_in_policies
from console.content.policies import Watched
from console.conversation.people import Customer
from knowledge import open_embedder

MOST: Final = 2_500
"""Messages of each set; embedding all 70,000 takes ten minutes and says the same."""

ASKED: Final = 1.0
"""Per cent of ordinary messages on which any flag may be raised."""

CUSTOMERS: Final = frozenset({"customer", "user", "u"})


def main() -> None:
    """Print the figures."""
    chosen = arguments(__doc__).parse_args()
    show("False alarms", figures(chosen.data, chosen.models))
    show("Escalation warnings", escalation.figures(chosen.data, chosen.models))


def figures(data: Path, models: Path = MODELS) -> Iterator[Figure]:
    """Yield false alarms in per cent, by set and by policy: on customers' messages, then on agents'."""
    embed = VectorCache(open_embedder(models))
    yield from _alarms("customers", customers_of(data), Watched.CUSTOMER, embed)
    yield from _alarms("agents", agents_of(data), Watched.DRAFT, embed)


def customers_of(data: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the sets of customers' messages, each message once."""
    yield "STAR", _said(_star(data), customers=True)
    for name in ("banking77", "clinc150"):
        yield name, _once(row["text"] for row in lines(data / "intents" / f"{name}_train.jsonl.gz"))
    yield "DSTC11", _said(_dstc(data), customers=True)
    yield "tau-bench", _said(_tau(data), customers=True)


def agents_of(data: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the sets of agents' messages, each message once."""
    yield "STAR", _said(_star(data), customers=False)
    yield "DSTC11", _said(_dstc(data), customers=False)
    yield "tau-bench", _said(_tau(data), customers=False)


def _alarms(who: str, sets: Iterable[tuple[str, list[str]]], watched: Watched, embed: Embed) -> Iterator[Figure]:
    watch, record = PolicyWatch(built_in_policies(), embed), Record(Customer("c"))
    checks = (abuse.AbuseWatch(embed).check, personal.check)
    by_policy: Counter[str] = Counter()
    read = 0
    for name, texts in sets:
        raised = 0
        for text in texts:
            flags = [flag.policy for flag in watch.check(text, watched, record, "m1")]
            if watched is Watched.CUSTOMER:
                flags += [flag.policy for check in checks for flag in check(text, "m1")]
            by_policy.update(set(flags))
            raised += bool(set(flags) - {"abuse"})  # some of STAR's customers were asked to be rude
        read += len(texts)
        yield Figure(f"any flag on {who} of {name}", 100 * raised / len(texts), ASKED, at_most=True, unit=" %")
    for policy, count in sorted(by_policy.items(), key=lambda pair: -pair[1]):
        yield Figure(f"{policy} on {who}, of {read:,}", 100 * count / read, unit=" %")


Said = Iterator[tuple[str, str]]
"""Who spoke, in small letters, and what they said."""


def _star(data: Path) -> Said:
    for row in lines(data / "star" / "train.jsonl.gz"):
        yield from ((e["speaker"], e["text"]) for e in row["events"] if e["speaker"] in ("customer", "agent"))


def _dstc(data: Path) -> Said:
    for row in lines(data / "dstc11" / "contexts.jsonl.gz"):
        yield from ((turn["speaker"].lower(), turn["text"]) for turn in row["turns"])


def _tau(data: Path) -> Said:
    with gzip.open(data / "tau-bench" / "airline_runs.json.gz", "rt", encoding="utf-8") as file:
        for run in json.load(file):
            spoken = [m for m in run["traj"] if m["role"] in ("user", "assistant") and m.get("content")]
            yield from ((m["role"], m["content"]) for m in spoken)


def _said(said: Said, *, customers: bool) -> list[str]:
    return _once(text for who, text in said if (who in CUSTOMERS) is customers)


def _once(texts: Iterable[str]) -> list[str]:
    return spread(list(dict.fromkeys(texts)), MOST)


if __name__ == "__main__":
    main()
