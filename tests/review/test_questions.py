"""Unanswered questions as the log tells them."""

from hypothesis import given

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import KnowledgeHit, Mood
from console.conversation.message import Author
from console.review.questions import questions_of
from tests import strategies as values
from tests.conversation.test_state import minute
from tests.desks import DANA

ASKED = "Do you rent out tents?"


def log(*data: e.EventData, actor: str = "assist", conversation: str = "c1") -> list[e.Event]:
    """Events of one conversation, a minute apart."""
    return [e.Event(n, conversation, actor, item, minute(n)) for n, item in enumerate(data, 1)]


def test_a_question_comes_with_what_became_of_it() -> None:
    """Who asked, how long it took, how they felt, and that the agent wrote the answer without help."""
    (found,) = questions_of(
        log(
            e.ConversationOpened("web", DANA),
            e.MessageAdded(Author.CUSTOMER, ASKED),
            a.MoodRead("m1", Mood(-0.5, "cross", "falling", 0.6)),
            a.QuestionUnanswered(ASKED, "m1"),
            e.MessageAdded(Author.AGENT, "We do, in spring."),
            e.MessageAdded(Author.CUSTOMER, "ok thanks"),
        )
    )
    assert (found.text, found.message, found.who, found.mood) == (ASKED, "m1", DANA.id, -0.5)
    assert (found.own_words, found.minutes) == (True, 4.0)


def test_an_answer_from_a_suggestion_is_not_in_the_agents_own_words() -> None:
    """It took no writing."""
    (found,) = questions_of(
        log(
            e.MessageAdded(Author.CUSTOMER, ASKED),
            a.QuestionUnanswered(ASKED, "m1"),
            e.MessageAdded(Author.AGENT, "We do.", suggestion="s-1"),
        )
    )
    assert not found.own_words


def test_an_old_log_tells_a_question_by_the_articles_that_were_not_found() -> None:
    """Not by thanks, nor where articles were found; once, where a newer desk says it too."""
    old = log(
        e.ConversationOpened("web", DANA),
        e.MessageAdded(Author.CUSTOMER, "Does Dana Kovel get a tent for rent?"),
        a.KnowledgeFound("m1", ()),
        e.MessageAdded(Author.CUSTOMER, "ok thanks"),
        a.KnowledgeFound("m2", ()),
        e.MessageAdded(Author.CUSTOMER, ASKED),
        a.KnowledgeFound("m3", (KnowledgeHit("a.md", "A", "…", 0.8),)),
    )
    (found,) = questions_of(old)
    assert found.message == "m1"
    assert "Kovel" not in found.text
    (same,) = questions_of([*old, e.Event(9, "c1", "assist", a.QuestionUnanswered("rent a tent?", "m1"), minute(9))])
    assert same.text == "rent a tent?"


def test_a_look_up_outside_of_a_conversation_counts_for_whoever_looked() -> None:
    """In one, for its customer."""
    outside = e.Event(1, e.WORKSPACE, "agent:robin", a.QuestionUnanswered(ASKED), minute(1))
    inside = [
        e.Event(2, "c1", "desk", e.ConversationOpened("web", DANA), minute(2)),
        e.Event(3, "c1", "agent:robin", a.QuestionUnanswered(ASKED), minute(3)),
    ]
    first, second = questions_of([outside, *inside])
    assert (first.agent, first.who, first.conversation) == ("robin", "agent:robin", "")
    assert (second.agent, second.who) == ("robin", DANA.id)


@given(values.histories())
def test_no_history_breaks_the_reading(history: list[e.Event]) -> None:
    """And each message asks once."""
    found = questions_of(history)
    turns = [(q.conversation, q.message) for q in found if q.message]
    assert len(turns) == len(set(turns))
