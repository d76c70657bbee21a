"""Why a suggestion was changed is read from the words, and the seconds that suggestions save are an estimate."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Decision, Suggestion, Support
from console.conversation.edits import AskedEdits, Edits, Reason
from console.conversation.reviews import By
from console.review.book import Book
from console.review.edits.fold import WhyEdited, coded
from console.review.edits.look import behind_edits, edits_of, pending
from console.review.edits.reasons import reasons_of

NOW = datetime(2026, 3, 2, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("suggested", "sent", "reasons"),
    [
        ("It is due on Monday.", "It is due on Friday.", {Reason.FACT}),
        ("It is due on Monday.", "Hi Sam, it is due on Monday.", {Reason.TONE}),
        ("It will be there soon.", "It should be there soon.", {Reason.POLICY}),
        ("We recieved your parcel.", "We received your parcel.", {Reason.LANGUAGE}),
        ("We have your parcel here now.", "Wir haben Ihr Paket nun hier bei uns erhalten.", {Reason.LANGUAGE}),
        ("THE CODE IS ON THE BOX.", "The code is on the box.", {Reason.TONE}),
        ("You did not read it. The valve turns left.", "The valve turns left.", {Reason.TONE}),
        ("The lamp is sold out.", "The lamp is sold out, much as we would love to send one.", {Reason.TONE}),
        ("Your bank releases it.", "When it is released is for your bank to decide.", {Reason.POLICY}),
        ("I promise that it holds.", "It holds as long as the norm says.", {Reason.POLICY}),
        ("The lid is loose.", "What a day to find that out! The lid is loose.", {Reason.TONE}),
        ("The jar broke.", "Ouch, the jar broke.", {Reason.TONE}),
        ("Fetch the key.", "Perhaps you might fetch the key?", {Reason.TONE}),
        ("You may swap the hat.", "You may swap the hat as long as it is new.", {Reason.POLICY}),
        ("We match any price.", "The shop fixes the price.", {Reason.POLICY}),
        ("The bench is oak.", "The bench is oak and pine.", {Reason.OTHER}),
        ("Turn the knob.", "Press the lever.", {Reason.OTHER}),
        (
            "Open it. Take the filter out of the case, brush it, rinse it twice and let it dry in the air.",
            "Open it.",
            {Reason.LENGTH},
        ),
        (
            "I'll refund £20 today.",
            "I'm sorry, I can ask whether we refund £25.",
            {Reason.FACT, Reason.TONE, Reason.POLICY},
        ),
    ],
)
def test_each_reason_is_read_from_what_was_taken_out_and_put_in(
    suggested: str, sent: str, reasons: set[Reason]
) -> None:
    """Several may hold."""
    assert {why.reason for why in reasons_of(suggested, sent)} == reasons


def test_a_reason_names_the_words_it_was_read_from() -> None:
    """With what was taken out and what was put in told apart by a sign."""
    (why,) = reasons_of("It is due on Monday.", "It is due on Friday.")
    assert {"−monday", "+friday"} <= set(why.words)


def test_what_no_list_knows_is_read_from_the_weights_of_words() -> None:
    """With the weightiest of them."""
    (why,) = reasons_of("We match any price.", "The shop fixes the price.")
    assert why.reason is Reason.POLICY
    assert "−match" in why.words


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_have_a_reason(suggested: str, sent: str) -> None:
    """Whatever is in them; nothing raises."""
    assert reasons_of(suggested, sent)


def book_of(turns: list[tuple[Decision, str, str, float]]) -> Book:
    """Return a book of one turn a conversation: the decision, what was suggested, what was sent, and the seconds."""
    book, seq = Book(NOW - timedelta(weeks=20)), 0
    texts = []
    for number, (decision, suggested, sent, seconds) in enumerate(turns):
        reply = Suggestion("s-1", suggested, "macro", 0.8, Support.FULL, ())
        done = a.SuggestionDecided("s-1", decision, sent, 3, seconds)
        for data in (a.RepliesSuggested("m1", (reply,)), a.SuggestionsShown("m1", ("s-1",)), done):
            seq += 1
            book.take(e.Event(seq, f"c{number}", f"agent:{number % 4}", data, NOW - timedelta(days=3)))
        if decision is Decision.EDITED:
            texts.append((seq, suggested, sent))
    assert pending(book, NOW, 9)[1] == len(texts)
    book.of(WhyEdited).codes.update(coded(texts))
    return book


def looked(turns: list[tuple[Decision, str, str, float]]) -> Edits:
    """Return what is seen of them."""
    return edits_of(book_of(turns), NOW, 9)


def test_edits_are_counted_by_reason_and_lead_to_those_that_are_counted() -> None:
    """With an interval, from as many as any share needs."""
    fact = (Decision.EDITED, "It is due on Monday.", "It is due on Friday.", 20.0)
    tone = (Decision.EDITED, "It is due on Monday.", "Hi Sam, it is due on Monday.", 20.0)
    book = book_of([fact] * 15 + [tone] * 15)
    every = edits_of(book, NOW, 9).groups[0]
    shares = dict(every.reasons)
    assert (every.by, every.edits, shares[Reason.FACT].part, shares[Reason.FACT].rate) == (By.ALL, 30, 15, 0.5)
    assert behind_edits(book, NOW, 9, AskedEdits(reason=Reason.TONE)).total == 15
    assert dict(looked([fact] * 5).groups[0].reasons)[Reason.FACT].rate is None


def test_what_accepting_saves_is_found_within_its_interval() -> None:
    """Own words take 60 s and a taken reply 20 s, with noise; the reply has 100 characters to read."""
    rng, text = random.Random(3), "x" * 100
    own = [(Decision.OVERRIDDEN, text, text, rng.gauss(60 + 100 / 22.6, 8)) for _ in range(200)]
    taken = [(Decision.ACCEPTED, text, text, rng.gauss(20, 5)) for _ in range(200)]
    saved = looked([*own, *taken]).saved
    assert saved is not None
    assert saved.accepted.low is not None
    assert saved.accepted.high is not None
    assert saved.accepted.low < 40 < saved.accepted.high < saved.accepted.low + 8
    assert saved.refused.mean == pytest.approx(-100 / 22.6, abs=0.05)
    assert saved.unread.mean is not None
    assert saved.all.mean is not None
    assert saved.unread.mean > saved.all.mean


def test_too_little_gives_no_seconds_and_what_was_left_open_is_left_out() -> None:
    """Nothing is said of ten turns."""
    text = "x" * 100
    few = looked([(Decision.OVERRIDDEN, text, text, 60.0)] * 10 + [(Decision.ACCEPTED, text, text, 20.0)] * 10).saved
    assert few is not None
    assert (few.accepted.mean, few.all.mean) == (None, None)
    left = looked([(Decision.ACCEPTED, text, text, 4000.0)] * 30).saved
    assert left is not None
    assert left.left_out == 30
