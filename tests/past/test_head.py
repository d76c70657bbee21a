"""The trained head: it learns from what was said before, and is kept with the collection."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from console.assist.moments import moment_before, with_course
from console.assist.ports import Moment
from console.content.conversations import Transcript
from console.past import PastCollection, add_conversation, import_conversations
from console.past.features import BUCKETS, buckets_of
from console.past.moments import PastCase, case_of
from console.past.storage import read
from tests.assist.making import BagOfWords, messages
from tests.past.making import transcript

ASKED = ("May I have your name, please?", "What is your account number?", "And your date of birth?")
GREETED = "Hello, how can I help?"


def steps(count: int = 700) -> list[Transcript]:
    """Return conversations in which the agent asks three things in turn, whatever the customer says."""
    heard = ("fine", "okay", "sure", "all right", "go on")
    lines: list[list[str]] = []
    for number in range(count):
        talk = ["c: hello", f"a: {GREETED}"]
        for place, question in enumerate(ASKED):
            talk += [f"c: {heard[(number + place * 2) % len(heard)]}", f"a: {question}"]
        lines.append(talk)
    return [transcript(f"t{number}", *talk) for number, talk in enumerate(lines)]


def moment(*lines: str) -> Moment:
    """Return the moment after some messages, with what the agent said."""
    talk = messages(*lines)
    return with_course(moment_before(talk, lambda m: m.text), talk, lambda m: m.text, ())


def after(said: Sequence[str]) -> Moment:
    """Return a moment that differs by nothing but what the agent said before its last turn."""
    lines = [line for text in said for line in ("c: sure", f"a: {text}")]
    whole = moment(*lines, "c: sure")
    return replace(whole, answered="", before="", opening="")


def test_the_head_learns_from_what_was_said_before(tmp_path: Path) -> None:
    """The same words of the customer get what comes next in the course, not what was asked already."""
    import_conversations(steps(), tmp_path, BagOfWords())
    past = PastCollection.open(tmp_path, BagOfWords())
    assert past.trained
    for done in range(3):
        best = past.search(after([GREETED, *ASKED[:done]]), 1)[0]
        assert best.templates[0] == ASKED[done]


def test_the_head_is_the_same_each_time_and_survives_storage(tmp_path: Path) -> None:
    """What is read is what was trained; training again gives the same."""
    import_conversations(steps(), tmp_path / "one", BagOfWords())
    import_conversations(steps(), tmp_path / "two", BagOfWords())
    first, second = (read(tmp_path / name) for name in ("one", "two"))
    assert first
    assert second
    assert first.head
    assert second.head
    for name in ("words", "parts", "replies", "groups"):
        assert np.array_equal(getattr(first.head, name), getattr(second.head, name))


def test_a_conversation_added_live_leaves_the_head_and_is_found(tmp_path: Path) -> None:
    """The head has not learned its reply; the nearest moments still bring it."""
    import_conversations(steps(), tmp_path, BagOfWords())
    add_conversation(
        transcript("live", "c: my stove smells of gas", "a: Please close the valve and go outside."), tmp_path
    )
    past = PastCollection.open(tmp_path, BagOfWords())
    assert past.trained
    assert past.search(after([GREETED]), 1)[0].templates[0] == ASKED[0]
    found = past.search(moment("c: my stove smells of gas"), 12)
    assert "Please close the valve and go outside." in [reply.templates[0] for reply in found]


def test_what_was_said_is_kept_as_templates_and_read_again() -> None:
    """Nothing of the customer's own stays in it; an older row without it is read too."""
    case = case_of(
        transcript("p", "c: hi", "a: Your name?", "c: Ann Berg", "a: Thank you, Ann Berg.", "c: and?", "a: One moment.")
    )
    assert [m.moment.said for m in case.moments] == [
        (),
        ("Your name?",),
        ("Your name?", "Thank you, {said.name}."),
    ]
    assert "said.name" in case.moments[1].moment.slots
    row = case.to_json()
    assert PastCase.from_json(row) == case
    for past in row["moments"]:
        del past["moment"]["said"], past["moment"]["slots"]
    assert [m.moment.said for m in PastCase.from_json(row).moments] == [(), (), ()]


def test_features_are_buckets_each_once() -> None:
    """And the order of the last turns counts."""
    one, other = (moment("c: a", f"a: {x}", "c: b", f"a: {y}", "c: c") for x, y in (("Yes?", "No?"), ("No?", "Yes?")))
    buckets = buckets_of(one)
    assert len(np.unique(buckets)) == len(buckets)
    assert buckets.min() >= 0
    assert buckets.max() < BUCKETS
    assert set(buckets.tolist()) != set(buckets_of(replace(other, answered=one.answered)).tolist())
