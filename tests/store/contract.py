"""The contract of the event log, part one: appending, reading, cursors, read models, drafts.

Another database takes the same tests by deriving from these classes and replacing the ``desk`` fixture.
"""

import dataclasses
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.content_events import ContentPublished
from console.conversation.inbox import InboxRow
from console.conversation.message import Author, Status
from console.desk.log import Appended, Cursor, LogError, LogMoved, LogUnwritable, Write
from console.store import SqlEventLog
from console.store.models import fold
from tests.store.desks import Desk, before_commit
from tests.store.making import ANY_DATA, BATCHES, answered, new, opened, wrote


class AppendingContract:
    """What one append does."""

    def test_events_are_numbered_from_one_without_gaps_and_read_back_in_order(self, log: SqlEventLog) -> None:
        """What append returns is what read returns, with numbers 1, 2, 3."""
        first = log.append([opened(), wrote("where are my boots?")]).events
        second = log.append([answered("let me look")]).events
        assert [event.seq for event in (*first, *second)] == [1, 2, 3]
        assert log.read() == [*first, *second]
        assert log.head() == 3

    def test_an_empty_log_has_no_head_and_nothing_to_read(self, log: SqlEventLog) -> None:
        """A new log begins at nought."""
        assert (log.head(), log.read(), log.inbox(), log.cursor("web")) == (0, [], [], "")

    def test_events_of_a_kind_are_read_in_their_order(self, log: SqlEventLog) -> None:
        """Of all conversations; of no kind there is none."""
        log.append([opened(), wrote("where are my boots?"), answered("let me look"), wrote("thanks")])
        assert [event.seq for event in log.of_kinds(["message-added"])] == [2, 3, 4]
        assert [event.seq for event in log.of_kinds(["conversation-opened", "message-added"])] == [1, 2, 3, 4]
        assert log.of_kinds([]) == []
        kinds = ["message-added"]
        assert [event.seq for event in log.of_kinds(kinds, after=2, limit=1)] == [3]
        since = log.read()[2].at
        assert log.of_kinds(kinds, since=since) == [event for event in log.of_kinds(kinds) if event.at >= since]
        assert log.of_kinds(kinds, since=since + timedelta(days=400)) == []

    def test_reading_takes_a_start_a_conversation_and_a_limit(self, log: SqlEventLog) -> None:
        """Each narrows what is read, and they go together."""
        log.append([opened("c1"), opened("c2"), wrote("one", "c1"), wrote("two", "c2"), wrote("three", "c1")])
        assert [event.seq for event in log.read(2)] == [3, 4, 5]
        assert [event.seq for event in log.read(conversation="c1")] == [1, 3, 5]
        assert [event.seq for event in log.read(1, conversation="c1", limit=1)] == [3]
        assert log.read(5) == []

    def test_a_repeated_external_id_writes_nothing_and_returns_the_stored_batch(self, log: SqlEventLog) -> None:
        """A delivery that comes twice is taken once; the second gets the events of the first."""
        stored = log.append([opened(), wrote("hello", external_id="x1")], cursor=Cursor("web", "1"))
        again = log.append([wrote("hello", external_id="x1"), wrote("more")], cursor=Cursor("web", "2"))
        assert not stored.repeated
        assert again.repeated
        assert again.events == stored.events
        assert log.head() == 2
        assert log.cursor("web") == "1"

    def test_external_ids_are_unique_for_their_channel_only(self, log: SqlEventLog) -> None:
        """Two channels may count alike, and events without an id are never repeats."""
        log.append([wrote("one", external_id="1"), wrote("two"), wrote("three")])
        other = new(e.MessageAdded(Author.CUSTOMER, "four"), channel="matrix", external_id="1")
        assert not log.append([other]).repeated
        assert log.head() == 4

    def test_twins_in_one_batch_are_refused(self, log: SqlEventLog) -> None:
        """A batch that repeats itself is a mistake of the caller."""
        with pytest.raises(ValueError, match="external id"):
            log.append([wrote("one", external_id="1"), wrote("two", external_id="1")])
        assert log.head() == 0

    def test_a_batch_with_one_bad_event_leaves_nothing_behind(self, log: SqlEventLog) -> None:
        """Neither the good events nor the cursor nor the row are kept."""
        naive = dataclasses.replace(wrote("when?"), at=datetime(2026, 1, 31))  # noqa: DTZ001 - that is the fault
        with pytest.raises(ValueError, match="time zone"):
            log.append([opened(), naive], cursor=Cursor("web", "9"))
        assert (log.head(), log.inbox(), log.cursor("web")) == (0, [], "")

    def test_what_could_not_be_read_back_is_refused(self, log: SqlEventLog) -> None:
        """A value that JSON has no word for never enters the log."""
        with pytest.raises(ValueError, match="summary-updated"):
            log.append([new(a.SummaryUpdated("m1", (), ms=float("nan")))])
        with pytest.raises(ValueError, match="message-added"):
            log.append([wrote("half a pair: \ud800")])
        assert log.head() == 0

    def test_every_kind_of_event_comes_back_as_it_was_given(self, log: SqlEventLog) -> None:
        """Any content that the types allow is either refused or read back equal."""

        @settings(max_examples=80, deadline=None, database=None)
        @given(ANY_DATA)
        def check(data: e.EventData) -> None:
            head = log.head()
            try:
                (event,) = log.append([new(data)]).events
            except ValueError:
                assert log.head() == head
                return
            assert log.read(head) == [event]
            assert event.data == data

        check()


class SeveralContract:
    """What several callers want, appended at once."""

    def test_each_gets_its_own_events_in_their_order(self, log: SqlEventLog) -> None:
        """As if one had come after the other; each is a batch of its own."""
        named = wrote("one", "c1", external_id="x1")
        outcomes = log.append_all([Write([opened("c1"), named]), Write([opened("c2")])])
        assert [[event.seq for event in done.events] for done in outcomes if isinstance(done, Appended)] == [
            [1, 2],
            [3],
        ]
        assert [event.seq for event in log.read()] == [1, 2, 3]
        assert [event.seq for event in log.append([named]).events] == [1, 2]

    def test_what_one_does_wrong_is_that_ones_alone(self, log: SqlEventLog) -> None:
        """Whatever it is; the others stand, and see what came before them."""
        log.append([opened("c1")])
        timeless = dataclasses.replace(wrote("when?", "c1"), at=datetime(2026, 1, 1))  # noqa: DTZ001 - what is tried
        outcomes = log.append_all(
            [
                Write([wrote("one", "c1", external_id="x1")]),
                Write([wrote("too late", "c1")], expect=1),
                Write([timeless]),
                Write([wrote("one again", "c1", external_id="x1")]),
                Write([wrote("two", "c1")], Cursor("web", "7"), expect=2),
            ]
        )
        assert [type(outcome) for outcome in outcomes] == [Appended, LogMoved, ValueError, Appended, Appended]
        assert [done.repeated for done in outcomes if isinstance(done, Appended)] == [False, True, False]
        assert [event.seq for event in log.read()] == [1, 2, 3]
        assert log.cursor("web") == "7"
        assert log.verify().whole


class ExpectationContract:
    """Deciding on what one has seen."""

    def test_a_moved_conversation_is_not_written_to(self, log: SqlEventLog) -> None:
        """Whoever has not seen the newest event decides again."""
        log.append([opened(), wrote("one")])
        with pytest.raises(LogMoved, match="2"):
            log.append([answered("two")], expect=1)
        assert log.head() == 2

    def test_the_expected_number_lets_the_batch_in(self, log: SqlEventLog) -> None:
        """News of other conversations do not matter."""
        log.append([opened("c1")])
        log.append([opened("c2")])
        assert log.append([answered("hello", "c1")], expect=1).events[0].seq == 3

    def test_a_new_conversation_expects_nothing(self, log: SqlEventLog) -> None:
        """Number 0 says that the conversation must not exist yet."""
        log.append([opened("c1")], expect=0)
        with pytest.raises(LogMoved):
            log.append([opened("c1")], expect=0)

    def test_a_repeat_is_known_even_when_the_conversation_has_moved(self, log: SqlEventLog) -> None:
        """A retry of what went through is no conflict."""
        log.append([wrote("one", external_id="1")], expect=0)
        log.append([wrote("two")])
        assert log.append([wrote("one", external_id="1")], expect=0).repeated

    def test_an_expectation_is_about_one_conversation(self, log: SqlEventLog) -> None:
        """A batch of two conversations cannot expect a number."""
        with pytest.raises(ValueError, match="exactly one conversation"):
            log.append([opened("c1"), opened("c2")], expect=0)


class TogetherContract:
    """Events, cursor and read models stand or fall together."""

    def test_a_cursor_moves_with_its_messages(self, log: SqlEventLog) -> None:
        """Each channel has its own, and an empty batch moves it alone."""
        log.append([wrote("one")], cursor=Cursor("web", "p1"))
        log.append([], cursor=Cursor("matrix", "s7"))
        log.append([wrote("two")], cursor=Cursor("web", "p2"))
        assert (log.cursor("web"), log.cursor("matrix")) == ("p2", "s7")

    def test_a_transaction_that_fails_at_the_end_keeps_neither_messages_nor_cursor(self, log: SqlEventLog) -> None:
        """All is as before, and the next batch goes on without a gap."""
        log.append([opened(), wrote("one")], cursor=Cursor("web", "1"))
        before = (log.read(), log.inbox(), log.cursor("web"), log.undelivered("web"))
        failing = True

        def fail() -> None:
            if failing:
                raise LogUnwritable("the power went")

        before_commit(log, fail)
        with pytest.raises(LogUnwritable):
            log.append([answered("two"), wrote("three")], cursor=Cursor("web", "2"))
        assert (log.read(), log.inbox(), log.cursor("web"), log.undelivered("web")) == before
        failing = False
        assert log.append([answered("four")]).events[0].seq == 3
        assert log.verify().whole

    def test_all_is_there_after_opening_again(self, desk: Desk) -> None:
        """Closing and opening changes nothing."""
        log = desk.open()
        log.append([opened(), wrote("one"), answered("two")], cursor=Cursor("web", "1"))
        log.save_draft("ola", "c1", "I am")
        before = _everything(log)
        desk.close()
        assert _everything(desk.open()) == before

    def test_a_closed_log_says_so(self, log: SqlEventLog) -> None:
        """Using it after the end is an error of the port, not of the database; closing it again is none."""
        log.close()
        with pytest.raises(LogUnwritable, match="closed"):
            log.append([opened()])
        with pytest.raises(LogError, match="closed"):
            log.read()
        log.close()


class ReadModelContract:
    """Inbox, outbox, drafts."""

    def test_the_inbox_leaves_closed_conversations_out_unless_asked(self, log: SqlEventLog) -> None:
        """The row itself stays."""
        log.append([opened("c1"), opened("c2"), new(e.ConversationClosed("solved", True), "c1")])
        assert [row.id for row in log.inbox()] == ["c2"]
        assert {row.id for row in log.inbox(closed=True)} == {"c1", "c2"}
        row = log.row("c1")
        assert row is not None
        assert row.status is Status.CLOSED
        assert log.row("nobody") is None

    def test_events_of_the_workspace_make_no_row(self, log: SqlEventLog) -> None:
        """They are read like all others."""
        log.append([new(ContentPublished({"policies": "1"}), e.WORKSPACE)])
        assert log.inbox(closed=True) == []
        assert len(log.read(conversation=e.WORKSPACE)) == 1

    def test_the_outbox_holds_what_people_and_bot_say_until_it_is_delivered(self, log: SqlEventLog) -> None:
        """In order, by the conversation's channel; what the customer says is not in it."""
        log.append([opened("c1"), opened("c2", channel="matrix"), wrote("hi"), answered("one", role=Author.BOT)])
        log.append([answered("two"), answered("other", "c2")])
        assert [_text(event) for event in log.undelivered("web")] == ["one", "two"]
        assert [_text(event) for event in log.undelivered("matrix")] == ["other"]
        log.append([new(e.MessageDelivered("m2", "ref"))])
        assert [_text(event) for event in log.undelivered("web")] == ["two"]

    def test_a_message_that_its_channel_brought_is_not_sent_back(self, log: SqlEventLog) -> None:
        """It comes with its delivery, in one batch."""
        log.append([opened(), answered("from elsewhere", role=Author.BOT), new(e.MessageDelivered("m1", "ref"))])
        assert log.undelivered("web") == []

    def test_drafts_are_kept_for_each_agent_and_conversation(self, log: SqlEventLog) -> None:
        """The newest text counts, and an empty one is forgotten."""
        log.save_draft("ola", "c1", "I am")
        log.save_draft("ola", "c1", "I am sorry")
        log.save_draft("ola", "c2", "Hello")
        log.save_draft("ben", "c1", "Mine")
        assert log.drafts("ola") == {"c1": "I am sorry", "c2": "Hello"}
        log.save_draft("ola", "c2", "")
        assert log.drafts("ola") == {"c1": "I am sorry"}
        assert log.drafts("ben") == {"c1": "Mine"}

    def test_live_read_models_equal_a_fold_of_the_log_and_a_rebuild(self, log: SqlEventLog) -> None:
        """Whatever happens in whatever order, the stored rows are what the events make them."""

        @settings(max_examples=25, deadline=None, database=None)
        @given(BATCHES)
        def check(batches: Sequence[Sequence[tuple[str, e.EventData]]]) -> None:
            start = log.head()
            for batch in batches:
                log.append([new(data, f"{name}{start}" if name else "") for name, data in batch])
            live = _models(log)
            assert live == _folded(log)
            log.rebuild()
            assert _models(log) == live

        check()
        assert log.verify().whole


def _folded(log: SqlEventLog) -> tuple[dict[str, InboxRow], list[int]]:
    models = fold(log.read(limit=1_000_000))
    return models.rows, sorted(out.seq for out in models.outbox.values())


def _models(log: SqlEventLog) -> tuple[dict[str, InboxRow], list[int]]:
    queued = [event.seq for channel in ("web", "matrix") for event in log.undelivered(channel)]
    return {row.id: row for row in log.inbox(closed=True)}, sorted(queued)


def _everything(log: SqlEventLog) -> tuple[object, ...]:
    return log.read(), log.inbox(closed=True), log.cursor("web"), log.undelivered("web"), log.drafts("ola")


def _text(event: e.Event) -> str:
    assert isinstance(event.data, e.MessageAdded)
    return event.data.text
