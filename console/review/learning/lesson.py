"""A lesson: a challenger trained from the earlier decisions of a log, judged beside the champion on the later ones."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from console.assist.replies.ranker import LearnedRanker
from console.conversation import events as e
from console.conversation.ranker_events import RankerTrained, RankerWeights
from console.conversation.ranking import Rankers, version_of
from console.review.learning.choices import Choice, choices_of, decided_in
from console.review.learning.examining import corrections, examined
from console.review.learning.fitting import ranking_weights
from console.review.learning.judging import Judged, judged
from console.review.learning.table import Columns, Numbers, columns_of, table_of

EARLIER: Final = 0.7
"""Share of the turns that say something, by time, from which a challenger is trained."""

LEAST_TRAINED: Final = 100
LEAST_JUDGED: Final = 50
"""Turns in which an agent preferred one of several replies: with fewer, chance speaks louder than agents."""

KINDS: Final = (
    "replies-suggested",
    "suggestions-shown",
    "suggestion-decided",
    "suggestion-rated",
    "ranker-trained",
    "ranker-published",
)
"""The kinds of events that a lesson reads."""

_DIGITS: Final = 6


class TooLittle(Exception):
    """There is too little to learn from, or to judge by; the message is one line that says how much there is."""


def lesson(history: Iterable[e.Event]) -> RankerTrained:
    """Return what is learned from a log, in order: the challenger, and how it stands beside the ranker in force.

    Both are judged on decisions later than any that either was trained on, in conversations that gave none of those.
    Raises :class:`TooLittle`.
    """
    history = list(history)
    rankers = Rankers()
    for event in history:
        rankers.apply(event.data)
    earlier, later = _parts(choices_of(history), rankers)
    columns = columns_of(earlier)
    table = table_of(earlier, columns)
    looked = examined(table)
    weights = _named(columns, ranking_weights(table, corrections(table, looked)))
    result = _judged(later, weights, rankers.weights, looked)
    return RankerTrained(
        version=version_of(weights),
        weights=weights,
        champion=rankers.in_force,
        until=earlier[-1].at,
        turns=sum(choice.compares for choice in earlier),
        judged=len(later),
        first=round(result.first, 4),
        champion_first=round(result.champion_first, 4),
        low=round(result.low, 4),
        high=round(result.high, 4),
        examined=tuple(round(float(value), 3) for value in looked),
    )


def _parts(choices: Sequence[Choice], rankers: Rankers) -> tuple[list[Choice], list[Choice]]:
    """Return the choices to train from, and later ones to judge by."""
    telling = [choice for choice in choices if choice.compares]
    needed = LEAST_TRAINED + LEAST_JUDGED
    if len(telling) < needed:
        raise TooLittle(
            f"too little to learn from: in {len(telling)} turns an agent preferred one of several replies; "
            f"{needed} are needed"
        )
    cut = telling[int(EARLIER * len(telling))].at
    earlier = [choice for choice in choices if choice.at < cut]
    champion = rankers.trained.get(rankers.in_force)
    known = {choice.conversation for choice in earlier}
    later = [
        choice
        for choice in telling
        if choice.at >= cut and choice.conversation not in known and (champion is None or choice.at > champion.until)
    ]
    trained = sum(choice.compares for choice in earlier)
    if trained < LEAST_TRAINED or len(later) < LEAST_JUDGED:
        raise TooLittle(
            f"too little to judge by: {trained} turns to train from ({LEAST_TRAINED} are needed) and {len(later)} "
            f"later ones of other conversations ({LEAST_JUDGED} are needed)"
        )
    return earlier, later


def _named(columns: Columns, fitted: Numbers) -> RankerWeights:
    """Return the weights by name, rounded, so that they are the same wherever they were worked out."""
    rounded = [round(float(value), _DIGITS) for value in fitted]
    features = dict(zip(columns.names, rounded, strict=False))
    sources = dict(zip(columns.sources, rounded[len(columns.names) :], strict=True))
    return RankerWeights(features, {name: value for name, value in sources.items() if value})


def _judged(later: Sequence[Choice], weights: RankerWeights, champion: RankerWeights | None, looked: Numbers) -> Judged:
    table = table_of(later, columns_of(later))
    replies = [offer.reply for offer in decided_in(later)]
    built_in = [reply.score for reply in replies]
    before = LearnedRanker(champion).scores(replies) if champion else built_in
    numbers = {name: number for number, name in enumerate(dict.fromkeys(choice.conversation for choice in later))}
    conversation = np.array([numbers[choice.conversation] for choice in later for _ in choice.offers])
    return judged(
        table,
        np.array(LearnedRanker(weights).scores(replies)),
        np.array(before),
        corrections(table, looked),
        conversation,
    )
