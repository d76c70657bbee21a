"""Of each source: how often it is taken, what follows, and whether it is surely worse than the others."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Citation, Decision, Mood, SourceType, Suggestion, Support
from console.conversation.queue_events import ConversationTransferred, LeadCalled
from console.conversation.review_commands import Asked
from console.conversation.reviews import By, Share, Uptake
from console.conversation.sources import Retired, Sources
from console.review.aftermath.fold import Aftermath
from console.review.book import Book
from console.review.reviewing.exchanges import behind
from console.review.reviewing.ledger import Ledger
from console.review.reviewing.window import beginning, window_of
from console.review.sources.look import sources_of

NOW = datetime(2026, 3, 2, 11, tzinfo=UTC)
HELLO, WAIT = "macro:hello", "macro:wait"


class Log:
    """Events in the order in which they are told."""

    def __init__(self) -> None:
        self.events: list[e.Event] = []

    def add(self, conversation: str, *data: e.EventData, actor: str = "agent:robin") -> None:
        """Let something happen."""
        for one in data:
            at = NOW - timedelta(days=9) + timedelta(seconds=len(self.events))
            self.events.append(e.Event(len(self.events) + 1, conversation, actor, one, at))

    def look(self, retired: dict[str, Retired] | None = None) -> Sources:
        """Return what is seen of it."""
        return sources_of(self.book(), NOW, 9, retired or {})

    def book(self) -> Book:
        """Return the book of it."""
        book = Book(NOW - timedelta(weeks=20))
        for event in self.events:
            book.take(event)
        return book


def mood(turn: str, score: float) -> a.MoodRead:
    """Return a mood that was read."""
    return a.MoodRead(turn, Mood(score, "cross", "steady", 0.0))


def talk(log: Log, name: str, source: str, decision: Decision = Decision.ACCEPTED, after: float = 0.1) -> None:
    """Let a reply be decided on, and the customer answer."""
    kind, _, cited = source.partition(":")
    reply = Suggestion("s-1", "One moment.", kind, 0.8, Support.FULL, (Citation(SourceType(kind), cited, "One."),))
    log.add(name, mood("m1", 0.1), a.RepliesSuggested("m1", (reply,)), a.SuggestionsShown("m1", ("s-1",)))
    log.add(name, a.SuggestionDecided("s-1", decision, "One moment.", 0, 20.0), mood("m3", after))


def test_what_makes_customers_angry_stands_first_and_is_suspect() -> None:
    """Whatever is liked beside it."""
    log = Log()
    for number in range(40):
        talk(log, f"c{number}", WAIT if number % 2 else HELLO, after=-0.7 if number % 2 else 0.2)
    first, second = log.look().sources
    assert (first.source, first.suspect, first.angered) == (WAIT, True, 20)
    assert (second.suspect, second.went_wrong.part, second.taken.part) == (False, 0, 20)


def test_a_source_is_compared_with_its_own_kind_and_what_speaks_against_it_is_said() -> None:
    """Articles that are taken seldom are no worse than the others of their kind; a macro among macros is."""
    log = Log()
    for number in range(240):
        decision = Decision.ACCEPTED if number % 12 < 2 or number % 12 == 4 else Decision.IGNORED
        source = (HELLO, WAIT, "article:a.md", "article:b.md")[number % 4]
        talk(log, f"c{number}", source, Decision.ACCEPTED if source == HELLO else decision)
    found = log.look()
    said = {one.source: one.doubt for one in found.sources}
    assert said == {WAIT: "taken less than other macros", HELLO: "", "article:a.md": "", "article:b.md": ""}
    assert [(kind.kind, kind.sources, kind.taken.of) for kind in found.kinds] == [
        ("macro", 2, 120),
        ("article", 2, 120),
    ]


def test_a_difference_that_is_too_small_to_act_on_is_not_marked() -> None:
    """However sure it is: 2 in a hundred of very many."""
    log = Log()
    for number in range(6000):
        source = WAIT if number % 2 else HELLO
        taken = number % 100 < (60 if source == HELLO else 56)
        talk(log, f"c{number}", source, Decision.ACCEPTED if taken else Decision.IGNORED)
    assert [one.doubt for one in log.look().sources] == ["", ""]


@pytest.mark.parametrize("measure", Uptake)
def test_every_number_leads_to_as_many_exchanges_as_it_counts(measure: Uptake) -> None:
    """And the rest of its cases is the rest."""
    log = Log()
    for number in range(40):
        decision = Decision.EDITED if number % 5 == 0 else Decision.IGNORED if number % 5 == 1 else Decision.ACCEPTED
        talk(log, f"c{number}", WAIT if number % 2 else HELLO, decision, after=-0.7 if number % 3 else 0.2)
    book = log.book()
    (one,) = (each for each in sources_of(book, NOW, 9, {}).sources if each.source == WAIT)
    share = {Uptake.TAKEN: one.taken, Uptake.TROUBLE: one.went_wrong}.get(
        measure, Share(one.angered, one.went_wrong.of)
    )
    window = window_of(book.of(Ledger), beginning(NOW, 9), NOW, book.of(Aftermath))
    found = [behind(window, Asked(By.SOURCE, WAIT, measure, others=others)).total for others in (False, True)]
    assert found == [share.part, share.of - share.part]
    assert share.part > 0


def test_what_is_never_taken_is_suspect_and_says_so_once_it_is_retired() -> None:
    """It stands last then, though nothing of it was decided on any more."""
    log = Log()
    for number in range(60):
        talk(log, f"c{number}", WAIT if number % 2 else HELLO, Decision.IGNORED if number % 2 else Decision.ACCEPTED)
    assert [one.source for one in log.look().sources if one.suspect] == [WAIT]
    retired = log.look({WAIT: Retired(NOW, "Marta"), "macro:gone": Retired(NOW, "Marta")}).sources
    assert [(one.source, one.suspect) for one in retired] == [(HELLO, False), (WAIT, False), ("macro:gone", False)]


@pytest.mark.parametrize(
    ("after", "counts"),
    [
        (LeadCalled("robin", "Robin"), True),
        (ConversationTransferred("Sam", "sam", "Sam"), True),
        (mood("m3", -0.6), True),
        (mood("m3", 0.0), False),
        (mood("m1", -0.9), False),
        (e.ConversationReopened("by hand"), False),
    ],
)
def test_what_counts_as_trouble_after_a_reply(after: e.EventData, counts: bool) -> None:
    """What its own staff reopen, and an earlier message that is read once more, does not."""
    log = Log()
    cited = Citation(SourceType.MACRO, "hello", "One.")
    reply = Suggestion("s-1", "One moment.", "macro", 0.8, Support.FULL, (cited,))
    log.add("c1", mood("m1", 0.3), a.RepliesSuggested("m1", (reply,)))
    log.add("c1", a.SuggestionDecided("s-1", Decision.ACCEPTED, "One moment.", 0, 20.0), after)
    (found,) = log.look().sources
    assert found.went_wrong.part == int(counts)


def test_the_customers_coming_back_is_trouble_of_the_last_reply() -> None:
    """And of no earlier one."""
    log = Log()
    talk(log, "c1", HELLO)
    talk(log, "c1", WAIT)
    log.add("c1", e.ConversationReopened("the customer wrote again"), actor="customer:u-1")
    log.add("c1", LeadCalled("robin", "Robin"))
    rows = log.book().of(Aftermath).taken
    assert [number > 0 for number in rows.of("again").tolist()] == [False, True]


KINDS = st.sampled_from(
    (
        mood("m1", 0.5), mood("m4", -0.9), mood("odd", 0.0), LeadCalled("r", "R"), e.ConversationReopened(),
        a.SuggestionDecided("s-1", Decision.ACCEPTED), a.SuggestionDecided("s-9", Decision.EDITED, "Other.", 4),
        a.RepliesSuggested("m1", (Suggestion("s-1", "Hi.", "macro", 0.5, Support.FULL, ()),)),
        ConversationTransferred("Sam"),
    )
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(("c1", "c2", "")), KINDS), max_size=20))
def test_any_order_of_events_is_taken(told: list[tuple[str, e.EventData]]) -> None:
    """Beginnings and ends may be missing."""
    log = Log()
    for name, data in told:
        log.add(name, data)
    log.look()
