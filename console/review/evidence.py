"""What speaks for and against each article, macro, policy and threshold: counts from the log, with intervals."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap
from typing import Any, Final

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import A_LOOK, Decision, SourceType, Suggestion
from console.review.rates import rate

TAKEN: Final = frozenset({Decision.ACCEPTED, Decision.EDITED})
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

    def __init__(self) -> None:
        self._replies: dict[tuple[str, str], Suggestion] = {}
        self._decided: dict[tuple[str, str], a.SuggestionDecided] = {}
        self._flags: dict[tuple[str, str], str] = {}
        """Policies by conversation and flag, drafts left out: those are raised anew with every word."""
        self._dismissed: set[tuple[str, str]] = set()
        self._policies: dict[str, Counter[str]] = {}

    def apply(self, event: e.Event) -> None:
        """Take in an event."""
        where = event.conversation
        match event.data:
            case a.RepliesSuggested(suggestions=replies):
                self._replies.update({(where, reply.id): reply for reply in replies})
            case a.SuggestionDecided(suggestion=name) as decided:
                self._decided[where, name] = decided
            case a.FlagsRaised(flags=flags):
                self._flags.update({(where, flag.id): flag.policy for flag in flags})
            case a.FlagDismissed(flag=name, policy=policy):
                self._flags.setdefault((where, name), policy)
                self._dismissed.add((where, name))
            case a.WarningPassed(policy=policy, override=override):
                self._policies.setdefault(policy, Counter())["overridden" if override else "passed"] += 1
            case _:
                pass

    def figures(self) -> dict[str, Any]:
        """Return ``sources``, ``thresholds`` and ``policies``, as JSON types.

        A source's rate is the share of the decided replies from it that were taken, as they were or changed. Of each
        kind of reply, ``thresholds`` has that share by score: what stands below a threshold is not shown, so that
        nothing is known of it. A policy's rate is the share of its flags that were dismissed as not applying. What was
        replaced before anybody could read it is left out.
        """
        sources: dict[str, Counter[Decision]] = {}
        bands: dict[str, dict[int, Counter[Decision]]] = {}
        for key, decided in self._decided.items():
            reply = self._replies.get(key)
            if reply is None or (decided.decision is Decision.IGNORED and decided.seconds < A_LOOK):
                continue
            band = min(int(reply.score * BANDS), BANDS - 1)
            bands.setdefault(reply.kind, {}).setdefault(band, Counter())[decided.decision] += 1
            for source in {f"{s.type}:{s.id}" for s in reply.sources if s.type is not SourceType.PAST}:
                sources.setdefault(source, Counter())[decided.decision] += 1
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
        names = sorted(raised.keys() | self._policies.keys())
        passed = {name: self._policies.get(name, Counter()) for name in names}
        return {
            name: {
                "raised": raised[name],
                "dismissed": dismissed[name],
                "passed": passed[name]["passed"],
                "overridden": passed[name]["overridden"],
                **rate(dismissed[name], raised[name]),
            }
            for name in names
        }


def evidence_of(history: Iterable[e.Event]) -> dict[str, Any]:
    """Return the figures of a log; see :meth:`Evidence.figures`."""
    evidence = Evidence()
    for event in history:
        evidence.apply(event)
    return evidence.figures()


def lines_of(figures: Mapping[str, Any], width: int) -> Iterator[str]:
    """Yield what is surely seldom or often of use, and the policies whose flags are surely mostly dismissed."""
    sources = {name: row for name, row in figures["sources"].items() if row["decided"] >= ENOUGH}
    if sources:
        best = sorted(sources.items(), key=lambda row: -row[1]["low"])[:NAMED]
        worst = sorted(sources.items(), key=lambda row: row[1]["high"])[:NAMED]
        yield "Sources that are surely taken most, and least (share taken, 95 % interval)"
        for name, row in dict([*best, *worst]).items():
            yield from wrap(f"{name}: {_share(row)} of {row['decided']}", width, **_INDENT)
    policies = {name: row for name, row in figures["policies"].items() if row["raised"] >= ENOUGH}
    doubted = {name: row for name, row in policies.items() if row["low"] > MOSTLY}
    if doubted:
        yield "Policies whose flags are mostly dismissed as not applying"
        for name, row in doubted.items():
            yield from wrap(f"{name}: {_share(row)} of {row['raised']}", width, **_INDENT)


_INDENT: Final[Mapping[str, Any]] = {"initial_indent": "  ", "subsequent_indent": "    "}


def _share(row: Mapping[str, Any]) -> str:
    return f"{row['rate']:.0%} ({row['low']:.0%} to {row['high']:.0%})"


def _taken(counts: Mapping[Decision, int]) -> dict[str, Any]:
    decided = sum(counts.values())
    told = {decision.value: counts.get(decision, 0) for decision in Decision}
    return {"decided": decided, **told, **rate(sum(counts.get(decision, 0) for decision in TAKEN), decided)}
