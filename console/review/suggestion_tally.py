"""What became of the suggestions: of all, by kind, by source. A fold of events."""

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Any, ClassVar, Final

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Decision, Suggestion
from console.review.reviewing.columns import NONE, Columns, Names, together

_DECISIONS: Final = tuple(Decision)
_VALUES: Final = tuple(decision.value for decision in Decision)
_COLUMNS: Final = ("kind", "sources", "shown", "decision", "changed", "thumb", "stars")
"""``kind`` and ``sources`` are :data:`NONE` of what was not suggested so far; ``shown`` counts screens."""


@dataclass(slots=True)
class Tally:
    """What became of a group of suggestions."""

    suggested: int = 0
    shown: int = 0
    decisions: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    distances: list[int] = field(default_factory=list)
    thumbs: Counter[int] = field(default_factory=Counter)
    stars: list[int] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """Return the counts, and the rates of decided suggestions; a rate of nothing is ``None``."""
        decided = sum(self.decisions.values())
        counts = {decision.value: self.decisions[decision.value] for decision in Decision}
        rates = {f"{name}_rate": _share(count, decided) for name, count in counts.items()}
        return {
            "suggested": self.suggested,
            "shown": self.shown,
            "decided": decided,
            **counts,
            **rates,
            "median_seconds_to_decide": round(median(self.seconds), 1) if self.seconds else None,
            "median_edit_distance": median(self.distances) if self.distances else None,
            "thumbs_up": self.thumbs[1],
            "thumbs_down": self.thumbs[-1],
            "mean_stars": round(sum(self.stars) / len(self.stars), 2) if self.stars else None,
        }


class SuggestionTally:
    """The suggestions so far. Of several decisions or marks for one the last one counts."""

    KINDS: ClassVar[tuple[str, ...]] = (
        "replies-suggested",
        "suggestions-shown",
        "suggestion-decided",
        "suggestion-rated",
    )

    def __init__(self, since: datetime) -> None:
        """``since`` is from when on events are given to it."""
        self._places: dict[tuple[str, str], int] = {}
        self._rows, self._seconds = Columns(_COLUMNS), array("d")
        self._kinds, self._sources = Names(), Names()
        """Sources are those of a suggestion together, as JSON."""

    def take(self, event: e.Event) -> None:
        """Take in an event; they come in order."""
        where = event.conversation
        match event.data:
            case a.RepliesSuggested(suggestions=offered):
                for one in {one.id: one for one in offered}.values():
                    self._suggested(self._place(where, one.id), one)
            case a.SuggestionsShown(suggestions=names):
                for name in names:
                    place = self._places.get((where, name))
                    if place is not None and self._rows.get(place, "kind") != NONE:
                        self._rows.put(place, shown=self._rows.get(place, "shown") + 1)
            case a.SuggestionDecided(suggestion=name) as decided:
                place = self._place(where, name)
                self._rows.put(place, decision=_DECISIONS.index(decided.decision), changed=decided.edit_distance)
                self._seconds[place] = decided.seconds
            case a.SuggestionRated(suggestion=name, thumb=thumb, stars=stars):
                place = self._place(where, name)
                self._rows.put(place, **({"thumb": thumb} if thumb else {}), **({"stars": stars} if stars else {}))
            case _:
                pass

    def figures(self) -> dict[str, Any]:
        """Return them: ``total``, ``by_kind``, ``by_source``."""
        total, kinds, sources = Tally(), defaultdict[str, Tally](Tally), defaultdict[str, Tally](Tally)
        every: list[list[str]] = [json.loads(told) for told in self._sources]
        for kind, named, values, seconds in self._told():
            for tally in (total, kinds[self._kinds[kind]], *(sources[source] for source in every[named])):
                _count(tally, values, seconds)
        return {
            "total": total.figures(),
            "by_kind": {name: tally.figures() for name, tally in sorted(kinds.items())},
            "by_source": {name: tally.figures() for name, tally in sorted(sources.items())},
        }

    def _told(self) -> Iterator[tuple[int, int, tuple[int, ...], float]]:
        """Yield the kind, the sources, the other columns and the seconds of what was suggested."""
        columns = (self._rows.of(name).tolist() for name in _COLUMNS)
        for (kind, sources, *values), seconds in zip(zip(*columns, strict=True), self._seconds, strict=True):
            if kind != NONE:
                yield kind, sources, tuple(values), seconds

    def _suggested(self, place: int, one: Suggestion) -> None:
        if self._rows.get(place, "kind") == NONE:
            sources = together(frozenset(f"{source.type}:{source.id}" for source in one.sources))
            self._rows.put(place, kind=self._kinds.number(one.kind), sources=self._sources.number(sources))

    def _place(self, where: str, name: str) -> int:
        place = self._places.get((where, name))
        if place is None:
            place = self._places[where, name] = self._rows.add("", shown=0, thumb=0, stars=0)
            self._seconds.append(0.0)
        return place


def _count(tally: Tally, values: tuple[int, ...], seconds: float) -> None:
    shown, number, changed, thumb, stars = values
    tally.suggested += 1
    tally.shown += shown
    if thumb:
        tally.thumbs[thumb] += 1
    if stars:
        tally.stars.append(stars)
    if number == NONE:
        return
    decision = _DECISIONS[number]
    tally.decisions[_VALUES[number]] += 1
    if decision is not Decision.IGNORED:
        tally.seconds.append(seconds)
    if decision is Decision.EDITED:
        tally.distances.append(changed)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
