"""Counts and rates of what became of the suggestions, by kind and by source, and what else a log tells: the report."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from console.conversation import events as e
from console.conversation.codec import encode
from console.conversation.reviews import USUAL_WEEKS
from console.review import drift
from console.review.besides import besides_of
from console.review.book import Book, Fold
from console.review.bot_answers import BotAnswers, Read
from console.review.escalating.telling import escalated
from console.review.evidence import Evidence
from console.review.impact.report import impact_of
from console.review.impact.trials import EPOCH, Trials
from console.review.layers.cohort import Money
from console.review.layers.looking import looked
from console.review.model_calls import ModelCalls
from console.review.quality.told import quality_in
from console.review.reviewing.review import reviewed
from console.review.suggestion_tally import SuggestionTally
from console.review.talks import Talks
from console.review.turns import Turns
from console.review.wrap_ups import WrapUpTally

REPORT_FOLDS: Final[tuple[type[Fold], ...]] = (
    Talks,
    SuggestionTally,
    BotAnswers,
    WrapUpTally,
    Evidence,
    Trials,
    ModelCalls,
    Turns,
)
"""What the report counts of the whole log; the review, of some weeks alone, is counted by the lead's own folds."""

_NEVER: Final = datetime(1970, 6, 1, tzinfo=UTC)
"""When an empty log ends."""


@dataclass(frozen=True, slots=True)
class Span:
    """The times of the first and of the last event of a log that are not erased; ``None`` of an empty log."""

    first: datetime | None = None
    last: datetime | None = None


def report_of(
    history: Iterable[e.Event], now: datetime | None = None, weeks: int = USUAL_WEEKS, money: Money | None = None
) -> dict[str, Any]:
    """Return the report of a log, given all its events in order; see :func:`report_from`.

    ``now`` is what the review is up to; without it, the newest event. ``money`` is what work costs. Beside it stand
    ``sources`` and ``edits`` of the same weeks: see :mod:`console.review.besides`.
    """
    history = list(history)
    book, at = Book(EPOCH, REPORT_FOLDS), {event.seq: event for event in history}
    for event in history:
        book.take(event)
    until = now or max((event.at for event in history), default=_NEVER)
    span = Span(history[0].at, history[-1].at) if history else Span()
    looks: dict[str, object] = {
        "review": reviewed(history, until, weeks),
        "escalations": escalated(history, until, weeks),
        "layers": looked(history, until, weeks, money),
        "quality": quality_in(history, until, weeks),
    }
    counted = report_from(book, span, lambda seq, _: at.get(seq))
    return {**counted, **{n: encode(look) for n, look in looks.items()}, **besides_of(history, until, weeks)}


def report_from(book: Book, span: Span, read: Read) -> dict[str, Any]:
    """Return the report: totals, ``by_kind``, ``by_source`` (type and id), conversations, flags, summaries, impact.

    ``book`` is of :data:`REPORT_FOLDS`, from the log's beginning on; ``read`` reads the answers of the bot that were
    marked as wrong. What the lead's pages show of some weeks stands beside it: see
    :func:`console.review.reading.looks_of`.

    ``from`` and ``to`` are the moments of the earliest and the latest event of a conversation, in seconds: generated
    history is written later than it tells. Of a log without conversations they are those of its first and last event.

    ``evidence`` is what speaks for and against each article, macro, policy and threshold, ``drift`` which rates moved.

    Rates are shares of the decided suggestions of the group; only suggestions that stood on a screen are decided. Of
    several decisions or marks for one suggestion the last one counts.
    """
    trials = book.of(Trials)
    if span.last is not None:
        trials.passed(span.last)  # by an event that it does not read
    first, last = book.of(Talks).stretch() or (span.first, span.last)
    return {
        "from": first.isoformat(timespec="seconds") if first else None,
        "to": last.isoformat(timespec="seconds") if last else None,
        **book.of(Talks).figures(),
        "bot_answers": book.of(BotAnswers).figures(read),
        "wrap_ups": book.of(WrapUpTally).figures(),
        "impact": impact_of(trials, trials.scores),
        "language_model": book.of(ModelCalls).figures(),
        "evidence": book.of(Evidence).figures(),
        "drift": drift.figures_of(drift.alarms_among(book.of(Turns).rates())),
        **book.of(SuggestionTally).figures(),
    }
