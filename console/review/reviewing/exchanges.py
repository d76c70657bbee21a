"""What is behind a figure: the suggestions and flags that it counts, each with the very events that tell of it.

Text is read from the log for those that are shown, and nowhere kept.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Decision, Flag, Suggestion
from console.conversation.review_commands import Asked
from console.conversation.review_events import FlagJudged, SuggestionJudged
from console.conversation.reviews import Behind, Exchange, Exchanges, Judged, ReviewQueue
from console.review.edits.reasons import reasons_of
from console.review.promises.fold import Promises
from console.review.promises.telling import promise_at
from console.review.reviewing.around import BEFORE, asked_words, beside_words, next_words
from console.review.reviewing.columns import NONE, Columns
from console.review.reviewing.ledger import Ledger, microseconds, moment
from console.review.reviewing.queues import held_by, sample
from console.review.reviewing.window import Window
from console.text import shorten

MOST: Final = 50
"""Exchanges that are shown at a time."""

WEEK: Final = timedelta(weeks=1) // timedelta(microseconds=1)
"""Microseconds of a week."""

Read = Callable[[int, str], e.Event | None]
"""Returns an event of a conversation by its number; ``None`` where it was erased."""

Around = Callable[[int, str], Sequence[e.Event]]
"""Returns the next few events of a conversation behind a number, in order."""


def nothing_around(seq: int, conversation: str) -> Sequence[e.Event]:
    """Return none."""
    del seq, conversation
    return ()


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of a ledger that are to be shown, of how many."""

    total: int
    rows: tuple[int, ...]
    flags: bool = False
    promises: Promises | None = None
    """Where the rows are those of promises."""


def behind(window: Window, asked: Asked) -> Found:
    """Return what is behind a figure, the newest first."""
    places, _ = window.groups(asked.by)
    counts_it, hits = window.cases(asked.measure)
    chosen = counts_it & (places == window.group(asked.by, asked.name)) & (hits != asked.others)
    if asked.week is not None:
        monday = microseconds(datetime.combine(asked.week, datetime.min.time(), window.since.tzinfo))
        chosen &= (window.at >= monday) & (window.at < monday + WEEK)  # there may be no date so much later
    rows = np.flatnonzero(chosen)
    newest = rows[np.lexsort((-window.rows[rows], -window.at[rows]))]
    return Found(len(rows), tuple(window.rows[newest][:MOST].tolist()))


def waiting(ledger: Ledger, window: Window, queue: ReviewQueue) -> Found:
    """Return what is to be judged next of a queue, in its order."""
    rows, total = sample(ledger, window, queue, MOST)
    return Found(total, tuple(rows.tolist()), queue is ReviewQueue.FLAGS_DISMISSED, _promises(window, queue))


def judged(ledger: Ledger, window: Window, queue: ReviewQueue) -> Found:
    """Return what was judged of a queue, the newest judgement first."""
    held, rows = held_by(ledger, window, queue)
    done = rows[held.where(rows, "judgement") != NONE]
    newest = done[np.argsort(-held.where(done, "judged"), kind="stable")]
    flags = queue is ReviewQueue.FLAGS_DISMISSED
    return Found(len(done), tuple(newest[:MOST].tolist()), flags, _promises(window, queue))


def _promises(window: Window, queue: ReviewQueue) -> Promises | None:
    return window.promises if queue is ReviewQueue.PROMISES_BROKEN else None


def told(ledger: Ledger, found: Found, read: Read, around: Around = nothing_around) -> Exchanges:
    """Return what was found, with its words as the log has them; what was erased meanwhile is left out.

    ``around`` gives what stood beside it and what happened next.
    """
    if found.promises is not None:
        promised = (promise_at(found.promises, row, read) for row in found.rows)
        return Exchanges(found.total, tuple(one for one in promised if one is not None))
    held = ledger.flags if found.flags else ledger.suggestions
    shown = (_exchange(ledger, held, row, read, flags=found.flags) for row in found.rows)
    return Exchanges(found.total, tuple(_whole(one, around) for one in shown if one is not None))


def _whole(exchange: Exchange, around: Around) -> Exchange:
    """Return an exchange with what stood beside it and what came next."""
    first, last = exchange.events[0].seq, exchange.events[-1].seq
    before = [x for x in around(first - BEFORE, exchange.conversation) if x.seq <= first]
    asked = asked_words(before)
    if exchange.is_flag:
        return replace(exchange, asked=asked, next=next_words(around(last, exchange.conversation), ""))
    decided = next((x.seq for x in exchange.events if x.kind == "suggestion-decided"), last)
    return replace(
        exchange,
        asked=asked,
        beside=beside_words(before, exchange),
        next=next_words(around(decided, exchange.conversation), exchange.message),
    )


def _exchange(ledger: Ledger, held: Columns, row: int, read: Read, *, flags: bool) -> Exchange | None:
    conversation, subject = ledger.conversations[held.get(row, "conversation")], held.text[row]
    names = ("made", "decided", "judged") if flags else ("made", "shown", "decided", "rated", "judged")
    numbers = sorted(number for name in names if (number := held.get(row, name)) > 0)
    events = [event for number in numbers if (event := read(number, conversation)) is not None]
    said = _said(events, subject)
    if said is None:
        return None
    decided = next((x.data for x in reversed(events) if isinstance(x.data, a.SuggestionDecided)), None)
    return Exchange(
        conversation,
        subject,
        said.message if isinstance(said, Flag) else ledger.turns[held.get(row, "turn")],
        moment(held.get(row, "at")) if held.get(row, "at") != NONE else events[0].at,
        said.policy if isinstance(said, Flag) else said.kind,
        ledger.intents[held.get(row, "intent")],
        f"“{said.span}” – {said.advice}" if isinstance(said, Flag) else said.text,
        "; ".join(words for event in events[1:] if (words := _words(event, subject)) and _is_outcome(event)),
        decided.final_text if decided else "",
        () if isinstance(said, Flag) else tuple(f"{s.type}:{s.id}" for s in said.sources),
        isinstance(said, Flag),
        held.get(row, "generated") == 1,
        _judgement(events),
        tuple(Behind(x.seq, x.kind, x.at, _words(x, subject)) for x in events),
        _why(said, decided),
    )


def _why(said: Suggestion | Flag, decided: a.SuggestionDecided | None) -> tuple[str, ...]:
    if isinstance(said, Flag) or decided is None or decided.decision is not Decision.EDITED or not decided.final_text:
        return ()
    whys = reasons_of(said.text, decided.final_text)
    return tuple(f"{why.reason}: {', '.join(why.words)}" if why.words else why.reason.value for why in whys)


def _said(events: Sequence[e.Event], subject: str) -> Suggestion | Flag | None:
    return next((one for event in events for one in _offered(event) if one.id == subject), None)


def _offered(event: e.Event) -> Iterator[Suggestion | Flag]:
    match event.data:
        case a.RepliesSuggested(suggestions=suggestions):
            yield from suggestions
        case a.FlagsRaised(flags=flags):
            yield from flags
        case _:
            pass


def _is_outcome(event: e.Event) -> bool:
    return not isinstance(event.data, a.SuggestionsShown | SuggestionJudged | FlagJudged)


def _judgement(events: Sequence[e.Event]) -> Judged | None:
    newest = next((x.data for x in reversed(events) if isinstance(x.data, SuggestionJudged | FlagJudged)), None)
    return Judged(newest.verdict, newest.reason, newest.by) if newest else None


def _words(event: e.Event, subject: str) -> str:
    """Return what an event says of a suggestion or flag."""
    match event.data:
        case a.RepliesSuggested(suggestions=suggestions, engine=engine):
            place = next(n for n, one in enumerate(suggestions, 1) if one.id == subject)
            found = suggestions[place - 1]
            by = f", engine {engine}" if engine else ""
            return f"suggested, {place} of {len(suggestions)}, score {found.score:.2f}, support {found.support}{by}"
        case a.SuggestionsShown(suggestions=names):
            return f"on the screen, one of {len(names)}" if len(names) > 1 else "on the screen, alone"
        case a.SuggestionDecided():
            return _decision(event.data)
        case a.SuggestionRated(thumb=thumb, stars=stars, reason=reason):
            marks = ["thumb up" if thumb > 0 else "thumb down"] if thumb else []
            marks += [f"{stars} of 5 stars"] if stars else []
            return f"rated {', '.join(marks) or 'with words alone'}{_because(reason)}"
        case _:
            return _of_flags_and_leads(event.data)


def _of_flags_and_leads(data: e.EventData) -> str:
    match data:
        case a.FlagsRaised():
            return "raised"
        case a.FlagDismissed(reason=reason):
            return f"dismissed{_because(reason)}"
        case (
            SuggestionJudged(verdict=verdict, reason=reason, by=by) | FlagJudged(verdict=verdict, reason=reason, by=by)
        ):
            return f"judged {verdict} by {by or 'a lead'}{_because(reason)}"
        case _:
            return ""


def _decision(data: a.SuggestionDecided) -> str:
    after = f" after {data.seconds:.0f} s" if data.seconds else ""
    changed = f", {data.edit_distance} characters changed" if data.decision.value == "edited" else ""
    return f"{data.decision}{after}{changed}{_because(data.reason)}"


def _because(reason: str) -> str:
    return f": {shorten(reason, 200)}" if reason else ""
