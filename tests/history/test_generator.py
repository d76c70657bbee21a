"""The generated history is lively, whole, the same for the same seed, and marked in every event."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from statistics import mean

import pytest

from console.conversation import events as e
from console.conversation.assist_events import SuggestionDecided
from console.conversation.events import KINDS, NewEvent, kind_of
from console.conversation.message import Author, Status
from console.conversation.state import Conversation, fold
from console.demo.history import Material, Shape, events_of
from console.demo.history.cast import COLLEAGUES, LEADS
from console.demo.history.generator import Told
from console.demo.history.shape import arrivals
from console.desk.decisions import decisions_on_send
from tests.history.conftest import UNTIL, numbered

NOT_OF_TALKS = {
    "account-changed", "article-drafted", "assignment-withdrawn", "customer-moved", "point-overruled",
    "plant-stopped", "plants-disclosed", "practice-assigned", "practice-began", "practice-ended", "practice-scored",
    "suggestion-planted", "behaviour-approved", "behaviour-drafted", "behaviour-edited",
    "scenario-approved", "scenario-drafted", "scenario-edited", "scenario-rejected",
    "behaviour-rejected", "behaviour-reopened",
    "change-marked", "change-unmarked", "content-published", "content-refused",
    "conversations-erased", "draft-approved", "draft-edited", "draft-rejected", "draft-reopened", "events-expired",
    "gap-brought-back", "gap-put-aside", "history-begun", "history-written", "ranker-published",
    "ranker-trained", "replies-restored", "requests-refused", "rescoring-asked", "sessions-revoked", "sign-in-refused",
    "signed-in", "signed-out", "source-brought-back", "source-retired", "threshold-changed", "threshold-restored",
    "token-made", "weeks-passed",
}  # fmt: skip
"""What happens beside conversations: accounts, content, decisions on articles. None of it is made up."""

RARE = {
    "assistance-hidden", "assistance-withheld", "escalation-judged", "flag-judged",
    "hold-out-assigned", "llm-called", "message-withdrawn", "out-of-hours-told", "suggestion-judged",
    "quality-marked", "quality-scored",
    "promise-judged",
}  # fmt: skip
"""What this desk would not write: it has no language model, holds nobody out, is open at any hour, and what was
suggested is left to whoever looks at it to judge. Conversations are marked when a desk reads them."""


def test_the_same_seed_tells_the_same_history_and_another_one_another(made: Material) -> None:
    """Event by event."""
    shape = Shape(UNTIL, days=3)
    assert list(events_of(shape, made)) == list(events_of(shape, made))
    assert list(events_of(replace(shape, seed=2), made)) != list(events_of(shape, made))


def test_events_come_in_the_order_of_time_and_end_before_now(events: tuple[NewEvent, ...]) -> None:
    """Two months of them."""
    times = [event.at for event in events]
    assert times == sorted(times)
    assert times[-1] < UNTIL
    assert times[-1] - times[0] > timedelta(days=58)


def test_every_event_is_marked_as_generated(events: tuple[NewEvent, ...]) -> None:
    """In the part of the log that is signed."""
    assert {event.channel for event in events} == {"generated"}


def test_every_kind_of_event_of_a_conversation_is_there(events: tuple[NewEvent, ...]) -> None:
    """But for what this desk would not write."""
    assert set(KINDS) - {kind_of(event.data) for event in events} == NOT_OF_TALKS | RARE


def test_days_and_hours_are_busy_as_they_are_on_a_desk() -> None:
    """Mondays more than Sundays, noon more than night, the end more than the beginning, and one bad day."""
    shape = Shape(UNTIL, days=120, a_day=60)
    found = list(arrivals(shape))
    days = Counter(at.date() for at in found)
    by_weekday = {d: mean(n for day, n in days.items() if day.weekday() == d) for d in range(7)}
    hours = Counter(at.hour for at in found)
    ordered = sorted(days)
    assert by_weekday[0] > 1.5 * by_weekday[6]
    assert hours[11] > 20 * hours[23]
    assert sum(days[d] for d in ordered[-50:]) > 1.05 * sum(days[d] for d in ordered[:50])
    assert days[shape.bad_day] > 1.5 * mean(days.values())


def test_every_conversation_is_over_with_nothing_left_to_do(told: tuple[Told, ...]) -> None:
    """Closed, taken by the channel, without a promise that still stands."""
    for state in (_state(one) for one in told):
        assert state.status is Status.CLOSED
        assert state.generated
        assert len(state.delivered) == sum(m.role in {Author.AGENT, Author.BOT} for m in state.messages)
        assert state.wrap_up is None or state.wrap_up.to_do == ()


def test_promises_are_kept_and_broken(events: tuple[NewEvent, ...]) -> None:
    """And broken ones bring the customer back."""
    kinds = Counter(kind_of(event.data) for event in events)
    assert kinds["conversation-woken"] > 20
    assert kinds["follow-up-ticked"] > 5
    assert kinds["conversation-reopened"] > 20


def test_what_became_of_suggestions_is_what_the_desk_would_have_said(told: tuple[Told, ...]) -> None:
    """Accepted, edited with its distance, overridden, ignored: by the desk's own rules."""
    seen: Counter[str] = Counter()
    for one in islice(told, 150):
        state = Conversation(one.events[0].conversation)
        events = numbered(one.events)
        for place, event in enumerate(events):
            if isinstance(event.data, e.MessageAdded) and event.data.role is Author.AGENT:
                expected = decisions_on_send(state, event.data.text, event.data.suggestion, event.at)
                after = (later.data for later in events[place + 1 :] if later.at == event.at)
                logged = [data for data in after if isinstance(data, SuggestionDecided)]
                assert logged == expected
                seen.update(decided.decision for decided in logged)
            state.apply(event)
    assert set(seen) == {"accepted", "edited", "overridden", "ignored"}


def test_the_people_plainly_do_not_exist(told: tuple[Told, ...], made: Material) -> None:
    """Neither customers nor colleagues, and none of them is one of the demo's own."""
    customers = [_state(one).customer for one in islice(told, 200)]
    assert {customer.name for customer in customers} <= set(made.names)
    assert all(c.email.endswith("@example.com") and c.id.startswith("generated-") for c in customers)
    assert all(one.id.startswith("history-") for one in (*COLLEAGUES, *LEADS))


def test_no_slot_stays_open(events: tuple[NewEvent, ...]) -> None:
    """In nothing that a customer reads."""
    texts = [event.data.text for event in events if isinstance(event.data, e.MessageAdded)]
    assert [text for text in texts if "{" in text] == []


@pytest.mark.parametrize("days", [1, 2])
def test_a_short_history_is_a_short_one(made: Material, days: int) -> None:
    """For tests."""
    assert 0 < len(list(events_of(Shape(UNTIL, days=days), made))) < 3_000


def test_it_grows_to_any_size_with_what_is_under_way_in_memory_alone(made: Material) -> None:
    """The first events of a million are there at once."""
    shape = Shape(UNTIL, days=365, a_day=100)
    first = list(islice(events_of(shape, made), 2_000))
    assert len(first) == 2_000
    assert first[-1].at - first[0].at < timedelta(days=4)


def _state(one: Told) -> Conversation:
    return fold(one.events[0].conversation, numbered(one.events))
