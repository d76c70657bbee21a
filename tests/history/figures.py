"""Plain folds over a history: what a lead would count to find what is wrong."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import sqrt
from statistics import NormalDist, mean, stdev

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Decision, SourceType
from console.conversation.message import Author
from console.conversation.queue_events import LeadCalled

SOUR = -0.18
"""Mood from which consoles call a customer uneasy."""

WORSE = 0.25
"""How much a mood has to fall from one message to the next, and to what is sour, to count."""


@dataclass
class Share:
    """So many of so many."""

    hits: int = 0
    of: int = 0

    def add(self, hit: bool) -> None:
        """Count one."""
        self.hits += hit
        self.of += 1

    def interval(self, z: float) -> tuple[float, float]:
        """Return Wilson's interval of the share."""
        if not self.of:
            return 0.0, 1.0
        n, p = self.of, self.hits / self.of
        middle, spread = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return (middle - spread) / (1 + z * z / n), (middle + spread) / (1 + z * z / n)


@dataclass
class _Talk:
    macros: dict[str, str] = field(default_factory=dict)
    """Macro by suggestion."""
    moods: list[float] = field(default_factory=list)
    intent: str = ""
    bot_turns_sour: int = 0
    with_people: bool = False
    used: list[tuple[str, float]] = field(default_factory=list)
    """Macros that were sent and whose effect is not known yet, with the mood before."""
    sent: list[str] = field(default_factory=list)
    bad: set[str] = field(default_factory=set)


@dataclass
class Figures:
    """What was counted: macros that ended badly, stars by macro, sour turns before the bot gave away, by intent."""

    macros: dict[str, Share]
    stars: dict[str, list[int]]
    sour: dict[str, list[int]]


def figures_of(history: Iterable[e.NewEvent | e.Event]) -> Figures:
    """Return the figures of events in their order."""
    talks: dict[str, _Talk] = defaultdict(_Talk)
    stars: dict[str, list[int]] = defaultdict(list)
    sour: dict[str, list[int]] = defaultdict(list)
    for event in history:
        _take(talks[event.conversation], event.data, stars, sour)
    macros: dict[str, Share] = defaultdict(Share)
    for talk in talks.values():
        for macro in set(talk.sent):
            macros[macro].add(macro in talk.bad)
    return Figures(macros, stars, sour)


def _take(talk: _Talk, data: e.EventData, stars: dict[str, list[int]], sour: dict[str, list[int]]) -> None:
    match data:
        case e.RoutingChanged(routing=routing):
            talk.intent = routing.intent
        case a.MoodRead(mood=mood):
            talk.bot_turns_sour += not talk.with_people and mood.score <= SOUR
            talk.bad |= {macro for macro, before in talk.used if mood.score <= SOUR and before - mood.score >= WORSE}
            talk.used = []
            talk.moods.append(mood.score)
        case e.HandedOver():
            talk.with_people = True
            sour[talk.intent].append(talk.bot_turns_sour)
        case a.RepliesSuggested(suggestions=offered):
            cited = ((one.id, source) for one in offered for source in one.sources)
            talk.macros |= {name: source.id for name, source in cited if source.type is SourceType.MACRO}
        case a.SuggestionDecided(suggestion=name, decision=Decision.ACCEPTED | Decision.EDITED) if name in talk.macros:
            talk.used.append((talk.macros[name], talk.moods[-1] if talk.moods else 0.0))
            talk.sent.append(talk.macros[name])
        case a.SuggestionRated(suggestion=name, stars=given) if given and name in talk.macros:
            stars[talk.macros[name]].append(given)
        case LeadCalled() | e.ConversationReopened():
            talk.bad |= set(talk.sent[-1:])
        case _:
            pass


def surely_above(shares: dict[str, Share], times: float = 2.0) -> list[str]:
    """Return the names whose share is surely more than so many times that of all others together.

    With Bonferroni's correction: of all that are compared, one in twenty histories names one too many.
    """
    z = NormalDist().inv_cdf(1 - 0.05 / max(1, len(shares)))
    found = []
    for name, share in shares.items():
        others = Share(sum(s.hits for s in shares.values()) - share.hits, sum(s.of for s in shares.values()) - share.of)
        if share.interval(z)[0] > times * others.hits / max(1, others.of):
            found.append(name)
    return found


def surely_late(sour: dict[str, list[int]], turns: float = 2.0) -> list[str]:
    """Return the intents whose customers are surely unhappy for more than so many turns before the bot gives away."""
    z = NormalDist().inv_cdf(1 - 0.05 / max(1, len(sour)))
    return [
        intent
        for intent, counts in sour.items()
        if len(counts) > 1 and mean(counts) - z * stdev(counts) / sqrt(len(counts)) > turns
    ]


def written_by(history: Iterable[e.NewEvent], role: Author) -> list[str]:
    """Return what somebody wrote."""
    return [event.data.text for event in history if isinstance(event.data, e.MessageAdded) and event.data.role is role]
