"""What speaks for and against each article, macro, policy and threshold: counts from the log, with intervals."""

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from textwrap import wrap
from types import MappingProxyType
from typing import Any, ClassVar, Final

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import A_LOOK, Decision, SourceType, Suggestion
from console.review.impact.trials import EPOCH
from console.review.rates import rate
from console.review.reviewing.columns import NONE, Columns, Names, together

TAKEN: Final = frozenset({Decision.ACCEPTED, Decision.EDITED})
_DECISIONS: Final = tuple(Decision)
BANDS: Final = 10
"""Parts into which scores from 0 to 1 are divided, to set a threshold by."""

NAMED: Final = 5
"""Lines of each kind for people; JSON has them all."""

ENOUGH: Final = 10
"""Times that something must have been decided on to be named to people."""

MOSTLY: Final = 0.5
"""Share of a policy's flags from which, were it surely more, people are told that most are dismissed."""


class Evidence:
    """A fold over the log; give it each event in order."""

    KINDS: ClassVar[tuple[str, ...]] = (
        "replies-suggested",
        "suggestion-decided",
        "flags-raised",
        "flag-dismissed",
        "warning-passed",
    )

    def __init__(self, since: datetime) -> None:
        """``since`` is from when on events are given to it."""
        self._places: dict[tuple[str, str], int] = {}
        self._replies = Columns(("kind", "sources", "decision"))
        """Suggestions, and what was decided on: either may be missing."""
        self._scores, self._seconds = array("d"), array("d")
        self._kinds, self._sources = Names(), Names()
        """Sources are those of a reply together, as JSON."""
        self._flags: dict[tuple[str, str], str] = {}
        """Policies by conversation and flag, drafts left out: those are raised anew with every word."""
        self._dismissed: set[tuple[str, str]] = set()
        self._passed: Counter[tuple[str, str]] = Counter()
        """How often a policy's warning was passed or overridden."""

    def take(self, event: e.Event) -> None:
        """Take in an event."""
        where = event.conversation
        match event.data:
            case a.RepliesSuggested(suggestions=replies):
                for reply in replies:
                    self._suggested(where, reply)
            case a.SuggestionDecided(suggestion=name, decision=decision, seconds=seconds):
                place = self._place(where, name)
                self._replies.put(place, decision=_DECISIONS.index(decision))
                self._seconds[place] = seconds
            case a.FlagsRaised(flags=flags):
                self._flags.update({(where, flag.id): flag.policy for flag in flags})
            case a.FlagDismissed(flag=name, policy=policy):
                self._flags.setdefault((where, name), policy)
                self._dismissed.add((where, name))
            case a.WarningPassed(policy=policy, override=override):
                self._passed[policy, "overridden" if override else "passed"] += 1
            case _:
                pass

    def _suggested(self, where: str, reply: Suggestion) -> None:
        place = self._place(where, reply.id)
        sources = frozenset(f"{s.type}:{s.id}" for s in reply.sources if s.type is not SourceType.PAST)
        told = self._sources.number(together(sources))
        self._replies.put(place, kind=self._kinds.number(reply.kind), sources=told)
        self._scores[place] = reply.score

    def _place(self, where: str, name: str) -> int:
        place = self._places.get((where, name))
        if place is None:
            place = self._places[where, name] = self._replies.add("")
            self._scores.append(0.0)
            self._seconds.append(0.0)
        return place

    def figures(self) -> dict[str, Any]:
        """Return ``sources``, ``thresholds`` and ``policies``, as JSON types.

        A source's rate is the share of the decided replies from it that were taken, as they were or changed. Of each
        kind of reply, ``thresholds`` has that share by score: what stands below a threshold is not shown, so that
        nothing is known of it. A policy's rate is the share of its flags that were dismissed as not applying. What was
        replaced before anybody could read it is left out.
        """
        sources = defaultdict[str, Counter[Decision]](Counter)
        bands = defaultdict[str, defaultdict[int, Counter[Decision]]](lambda: defaultdict(Counter))
        every: list[list[str]] = [json.loads(told) for told in self._sources]
        rows = (self._replies.of(name).tolist() for name in ("kind", "sources", "decision"))
        for kind, named, number, score, seconds in zip(*rows, self._scores, self._seconds, strict=True):
            if NONE in {kind, number}:
                continue
            decision = _DECISIONS[number]
            if decision is Decision.IGNORED and seconds < A_LOOK:
                continue
            band = min(int(score * BANDS), BANDS - 1)
            bands[self._kinds[kind]][band][decision] += 1
            for source in every[named]:
                sources[source][decision] += 1
        return {
            "sources": {name: _taken(counts) for name, counts in sorted(sources.items())},
            "thresholds": {
                kind: [{"from": band / BANDS, **_taken(counts)} for band, counts in sorted(found.items())]
                for kind, found in sorted(bands.items())
            },
            "policies": self._of_policies(),
        }

    def _of_policies(self) -> dict[str, dict[str, Any]]:
        raised = Counter(self._flags.values())
        dismissed = Counter(self._flags[key] for key in self._dismissed)
        names = sorted(raised.keys() | {policy for policy, _ in self._passed})
        return {
            name: {
                "raised": raised[name],
                "dismissed": dismissed[name],
                "passed": self._passed[name, "passed"],
                "overridden": self._passed[name, "overridden"],
                **rate(dismissed[name], raised[name]),
            }
            for name in names
        }


def evidence_of(history: Iterable[e.Event]) -> dict[str, Any]:
    """Return the figures of a log; see :meth:`Evidence.figures`."""
    evidence = Evidence(EPOCH)
    for event in history:
        evidence.take(event)
    return evidence.figures()


def lines_of(
    figures: Mapping[str, Any], width: int, against: Mapping[str, str] = MappingProxyType({})
) -> Iterator[str]:
    """Yield what is surely seldom or often of use, and the policies whose flags are surely mostly dismissed.

    ``against`` has in words what speaks against a source: that it is taken often is no proof that it is good.
    """
    sources = {name: row for name, row in figures["sources"].items() if row["decided"] >= ENOUGH}
    if sources:
        best = sorted(sources.items(), key=lambda row: -row[1]["low"])[:NAMED]
        worst = sorted(sources.items(), key=lambda row: row[1]["high"])[:NAMED]
        yield "Sources surely taken most, and least, the whole log (share taken, 95 % interval)"
        for name, row in dict([*best, *worst]).items():
            but = f" – {against[name]}" if name in against else ""
            yield from wrap(f"{name}: {_share(row)} of {row['decided']}{but}", width, **_INDENT)
    policies = {name: row for name, row in figures["policies"].items() if row["raised"] >= ENOUGH}
    doubted = {name: row for name, row in policies.items() if row["low"] > MOSTLY}
    if doubted:
        yield "Policies whose flags are mostly dismissed as not applying, the whole log"
        for name, row in doubted.items():
            yield from wrap(f"{name}: {_share(row)} of {row['raised']}", width, **_INDENT)


_INDENT: Final[Mapping[str, Any]] = {"initial_indent": "  ", "subsequent_indent": "    "}


def _share(row: Mapping[str, Any]) -> str:
    return f"{row['rate']:.0%} ({row['low']:.0%} to {row['high']:.0%})"


def _taken(counts: Mapping[Decision, int]) -> dict[str, Any]:
    decided = sum(counts.values())
    told = {decision.value: counts.get(decision, 0) for decision in Decision}
    return {"decided": decided, **told, **rate(sum(counts.get(decision, 0) for decision in TAKEN), decided)}
