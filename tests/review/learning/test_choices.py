"""What agents chose, read from the log as they saw it."""

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Decision, Suggestion
from console.review.learning.choices import Choice, choices_of
from tests.conversation.test_state import minute
from tests.desks import suggestion

RESHIP, TRACE = suggestion("I can reship it."), suggestion("I have asked the carrier.", kind="article")
STEP = suggestion("May I have your order number?", kind="procedure")


def log(*data: e.EventData) -> list[e.Event]:
    """Return these events of one conversation."""
    return [e.Event(n, "c1", "agent:robin", item, minute(n)) for n, item in enumerate(data, 1)]


def shown(*replies: Suggestion) -> list[e.EventData]:
    """Return what is logged as replies are made and stand on the screen."""
    return [a.RepliesSuggested("m1", replies), a.SuggestionsShown("m1", tuple(reply.id for reply in replies))]


def gains(choice: Choice) -> list[tuple[str, int, float]]:
    """Return kind, place and gain of each offer."""
    return [(offer.reply.kind, offer.place, round(offer.gain, 2)) for offer in choice.offers]


def test_what_was_taken_stands_where_it_stood() -> None:
    """With what was passed over beside it."""
    (choice,) = choices_of(
        log(
            *shown(RESHIP, TRACE),
            a.SuggestionDecided(TRACE.id, Decision.ACCEPTED),
            a.SuggestionDecided(RESHIP.id, Decision.IGNORED),
        )
    )
    assert gains(choice) == [("macro", 0, 0.0), ("article", 1, 1.0)]
    assert choice.compares


def test_the_more_is_changed_the_less_it_was_worth() -> None:
    """By the share of characters."""
    sent = "I can reship it today."
    (choice,) = choices_of(
        log(
            *shown(RESHIP, TRACE),
            a.SuggestionDecided(RESHIP.id, Decision.EDITED, sent, 6),
            a.SuggestionDecided(TRACE.id, Decision.IGNORED),
        )
    )
    assert gains(choice)[0] == ("macro", 0, round(1 - 6 / len(sent), 2))


def test_a_rating_outweighs_what_was_sent() -> None:
    """Thumbs and stars; three stars say nothing."""
    decided = [
        *shown(RESHIP, TRACE),
        a.SuggestionDecided(RESHIP.id, Decision.ACCEPTED),
        a.SuggestionDecided(TRACE.id, Decision.IGNORED),
    ]
    (choice,) = choices_of(log(*decided, a.SuggestionRated(RESHIP.id, thumb=-1), a.SuggestionRated(TRACE.id, stars=5)))
    assert gains(choice) == [("macro", 0, 0.0), ("article", 1, 1.0)]
    (choice,) = choices_of(log(*decided, a.SuggestionRated(RESHIP.id, stars=3)))
    assert gains(choice)[0] == ("macro", 0, 1.0)


def test_the_last_decision_counts() -> None:
    """What was put away may be taken later."""
    (choice,) = choices_of(
        log(
            *shown(RESHIP, TRACE),
            a.SuggestionDecided(RESHIP.id, Decision.DISMISSED),
            a.SuggestionDecided(TRACE.id, Decision.IGNORED, seconds=20),
            a.SuggestionDecided(RESHIP.id, Decision.ACCEPTED),
        )
    )
    assert gains(choice) == [("macro", 0, 1.0), ("article", 1, 0.0)]


def test_what_was_replaced_before_it_could_be_read_says_nothing() -> None:
    """Nor what stood on no screen."""
    unread = log(*shown(RESHIP, TRACE), a.SuggestionDecided(RESHIP.id, Decision.IGNORED, seconds=2))
    assert choices_of(unread) == []
    unseen = log(a.RepliesSuggested("m1", (RESHIP,)), a.SuggestionDecided(RESHIP.id, Decision.ACCEPTED))
    assert choices_of(unseen) == []


def test_a_procedures_step_has_its_place_and_is_no_choice() -> None:
    """Others stand below it; where it was taken the turn says nothing of them."""
    passed = [a.SuggestionDecided(reply.id, Decision.OVERRIDDEN) for reply in (RESHIP, TRACE)]
    (choice,) = choices_of(log(*shown(STEP, RESHIP, TRACE), *passed, a.SuggestionDecided(STEP.id, Decision.OVERRIDDEN)))
    assert [place for _, place, _ in gains(choice)] == [1, 2]
    assert not choice.compares
    taken = log(*shown(STEP, RESHIP, TRACE), *passed, a.SuggestionDecided(STEP.id, Decision.ACCEPTED))
    assert choices_of(taken) == []


def test_replies_that_come_anew_do_not_move_what_stands() -> None:
    """The place on the screen is that of the moment it was shown."""
    history = log(
        *shown(RESHIP, TRACE),
        a.RepliesSuggested("m1", (TRACE, RESHIP)),
        a.SuggestionDecided(TRACE.id, Decision.ACCEPTED),
        a.SuggestionDecided(RESHIP.id, Decision.IGNORED),
    )
    assert [kind for kind, _, _ in gains(choices_of(history)[0])] == ["macro", "article"]
