"""A promise as an exchange that a lead judges: what was promised, until when, and what became of it."""

from collections.abc import Callable

from console.conversation import events as e
from console.conversation.review_events import PromiseJudged
from console.conversation.reviews import PROMISE, Behind, Exchange, Judged
from console.conversation.wrap_up import FollowUp
from console.conversation.wrap_up_events import FollowUpTicked, WrappedUp
from console.review.promises.fold import SUBJECT, Promises
from console.review.reviewing.ledger import moment


def promise_at(held: Promises, row: int, read: Callable[[int, str], e.Event | None]) -> Exchange | None:
    """Return a promise with the events that tell of it; ``None`` where it was erased."""
    columns = held.promises
    conversation, subject = held.conversations[columns.get(row, "conversation")], columns.text[row]
    name = subject.removeprefix(SUBJECT)
    numbers = sorted({n for column in ("made", "ended", "judged") if (n := columns.get(row, column)) > 0})
    events = [event for number in numbers if (event := read(number, conversation)) is not None]
    found = next((f for event in events for f in _left(event) if f.id == name), None)
    if found is None:
        return None
    judged = next((x.data for x in reversed(events) if isinstance(x.data, PromiseJudged)), None)
    done = columns.get(row, "done")
    kept = f"done {moment(done):%d %b %H:%M}, too late" if done > 0 else "never ticked off"
    return Exchange(
        conversation,
        subject,
        found.message,
        moment(columns.get(row, "at")),
        PROMISE,
        "",
        found.text,
        f"due {found.due}; {kept}",
        sources=(f"promised by {found.by or 'somebody'}",),
        generated=columns.get(row, "generated") == 1,
        judged=Judged(judged.verdict, judged.reason, judged.by) if judged else None,
        events=tuple(Behind(x.seq, x.kind, x.at, _words(x, name)) for x in events),
    )


def _left(event: e.Event) -> tuple[FollowUp, ...]:
    return event.data.wrap_up.follow_ups if isinstance(event.data, WrappedUp) else ()


def _words(event: e.Event, name: str) -> str:
    match event.data:
        case WrappedUp(name=who):
            found = next((f for f in _left(event) if f.id == name), None)
            return f"closed by {who}; to do until {found.due}" if found else f"closed by {who}"
        case FollowUpTicked(done=done, name=who):
            return f"{'ticked off' if done else 'to do again'} by {who}"
        case PromiseJudged(verdict=verdict, reason=reason, by=by):
            return f"judged {verdict} by {by or 'a lead'}{f': {reason}' if reason else ''}"
        case _:
            return ""
