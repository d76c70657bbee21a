"""What would have happened to past conversations under other behaviours."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.assist.packet import Handed
from console.assist.routing import Router
from console.assist.talk import Talk
from console.assist.triggers import Seen, triggers
from console.content.behaviours import Behaviour, Fact, HandoverRule, Stakes
from console.content.conversations import Transcript
from console.content.library import Library
from console.content.loader import load_library
from console.conversation.handover import HandoverWhen, Trigger
from console.conversation.message import Layer
from console.conversation.people import Customer
from console.review.dry_run import Compared, Misread, Outcome, Rules, compared, misread, row_of, summary_of
from console.review.dry_run_lines import lines_of, misread_lines
from tests.assist.making import BagOfWords, messages

STATUS = Behaviour(
    "order-status",
    "Order status",
    Layer.AUTONOMOUS,
    1,
    Stakes.LOW,
    examples=("where is my order",),
    collect=(Fact("order number", "order.number", "Which order?"),),
    handover=(HandoverRule(HandoverWhen.UNRESOLVED, 1), HandoverRule(HandoverWhen.HIGH_VALUE)),
)
PRESS = Behaviour("press", "Press", Layer.HUMAN_ONLY, 3, Stakes.HIGH, examples=("I am a journalist",))


def rules(*behaviours: Behaviour) -> Rules:
    """Return a set of rules."""
    return rules_of(Library(behaviours=behaviours))


def rules_of(library: Library) -> Rules:
    """Return a library's rules, without what the moods say: bags of words have none."""

    def fires(talk: Talk, _: Handed) -> Sequence[Trigger]:
        return triggers(talk, Seen(library.behaviour(talk.routing.intent) if talk.routing else None))

    return Rules(library, Router(library.behaviours, BagOfWords(), None, library.policies), fires)


def spoken(*lines: str, value: float = 0.0) -> Transcript:
    """Return a past conversation, a line for each message."""
    return Transcript("c1", Customer("u", value=value), messages(*lines))


@pytest.mark.parametrize(
    ("lines", "value", "outcome", "message", "why"),
    [
        (["c: where is my order"], 0.0, Outcome.BOT, "", ()),
        (["c: hello there", "a: yes?"], 0.0, Outcome.PEOPLE, "m1", ("no behaviour knows it",)),
        (["c: where is my order"], 5_000.0, Outcome.PEOPLE, "m1", ("a customer of high value: 5,000 spent",)),
        (
            ["c: where is my order", "b: on its way", "c: I want to talk to a real person"],
            0.0,
            Outcome.HANDED_OVER,
            "m3",
            ("asked for a person: “I want to talk to a real person”",),
        ),
        (
            ["c: where is my order", "b: which?", "c: LF-1", "b: on its way", "c: but where is my order"],
            0.0,
            Outcome.HANDED_OVER,
            "m5",
            ("wrote on after 1 answers",),
        ),
        (
            ["c: where is my order", "b: which?", "c: LF-1", "b: on its way", "c: thanks, bye"],
            0.0,
            Outcome.BOT,
            "",
            (),
        ),
        (
            ["c: where is my order", "b: on its way", "c: I am a journalist"],
            0.0,
            Outcome.PEOPLE_ALONE,
            "m3",
            ("reserved for people: Press: “I am a journalist”",),
        ),
    ],
)
def test_it_says_who_would_have_worked_it_from_which_message_on_and_why(
    lines: list[str], value: float, outcome: Outcome, message: str, why: tuple[str, ...]
) -> None:
    """As far as the text of a past conversation can tell."""
    course = rules(STATUS, PRESS).course(spoken(*lines, value=value))
    assert (course.outcome, course.message, course.why) == (outcome, message, why)


def both(*transcripts: Transcript) -> list[Compared]:
    """Return conversations under no rules and under two behaviours."""
    return list(compared(transcripts, rules(), rules(STATUS, PRESS)))


def test_what_changes_is_counted_and_named() -> None:
    """Before and after, for each outcome and intent."""
    rows = both(spoken("c: where is my order"), spoken("c: what a day"), spoken("c: I am a journalist"))
    summary = summary_of(rows)
    assert (summary["conversations"], summary["changed"]) == (3, 2)
    assert summary["outcomes"]["people with assistance"] == {"before": 3, "after": 1}
    assert summary["intents"]["press"] == {"before": 0, "after": 1}
    assert summary["newly_with_bot"] == ["c1"]
    assert {(m["from"], m["to"]): m["conversations"] for m in summary["moves"]} == {
        ("people with assistance", "the bot alone"): 1,
        ("people with assistance", "people alone"): 1,
    }
    assert rows[1].changes == ()
    assert row_of(rows[2])["after"]["why"] == ["reserved for people: Press: “I am a journalist”"]


@given(st.lists(st.sampled_from(["where is my order", "I am a journalist", "what a day", ""]), max_size=12))
def test_the_counts_add_up(said: list[str]) -> None:
    """Every conversation in which a customer wrote is counted once, before and after."""
    summary = summary_of(both(*(spoken(f"c: {text}") if text else spoken("b: hello") for text in said)))
    for side in ("before", "after"):
        assert sum(counts[side] for counts in summary["outcomes"].values()) == summary["conversations"]
        assert sum(counts[side] for counts in summary["intents"].values()) == summary["conversations"]
    assert summary["changed"] == sum(text in ("where is my order", "I am a journalist") for text in said)


@pytest.mark.parametrize("width", [60, 80, 160])
def test_the_lines_fit_and_say_what_a_designer_asks(width: int) -> None:
    """Who works them, now and then, and each conversation that would go differently."""
    rows = both(spoken(f"c: where is my order {'please ' * 40}"), spoken("c: I am a journalist"))
    lines = list(lines_of(rows, summary_of(rows), width))
    assert lines[0].startswith("2 conversations: ")
    assert all(len(line) <= max(width, 68) for line in lines)
    assert "people alone from m1 on: reserved for people: Press" in " ".join(" ".join(lines).split())


def test_an_example_that_another_behaviour_claims_is_named() -> None:
    """It would never be read as its author meant it."""
    near = replace(PRESS, examples=("I am a journalist", "where is my order please"), priority=92)
    behaviours = (STATUS, near)
    library = Library(behaviours=behaviours)
    found = list(misread(library, Router(behaviours, BagOfWords())))
    assert found == [Misread("order-status", "where is my order", "press")]
    assert "“where is my order” of order-status is read as press" in " ".join(misread_lines(found, 90))
    assert list(misread_lines([], 90)) == []


def test_the_product_alone_changes_nothing_of_an_ordinary_conversation() -> None:
    """Comparing what is in force with itself."""
    library = load_library(Path("/nonexistent"))
    same = rules_of(library)
    (row,) = compared([spoken("c: where is my order")], same, same)
    assert row.changes == ()
    assert row.after.outcome is Outcome.PEOPLE
