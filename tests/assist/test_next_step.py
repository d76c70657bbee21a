"""What was done in similar past conversations: counted, and only where it is enough to be said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest

from console.assist.matter import open_matter
from console.assist.next_step import NextSteps, step_of
from console.assist.ports import Moment, PastOutcome, PastReply, PastSentence
from console.assist.vectors import VectorCache
from console.conversation.assistance import SourceType, StepTaken
from tests.assist.making import HOURS, LATE, talk


def ended(name: str, done: str, *, resolved: bool = True, matter: str = "my parcel is lost") -> PastOutcome:
    """Return a past conversation."""
    return PastOutcome(name, matter, np.zeros(4, dtype=np.float32), 0.9, done, resolved)


@dataclass
class Cases:
    """Past conversations that are alike by their words."""

    embed: VectorCache
    told: tuple[tuple[str, str, bool], ...]
    """What each customer came with, what was done, and whether it helped."""
    version: str = "p1"

    def search(self, moment: Moment, k: int) -> Sequence[PastReply]:
        """Return nothing."""
        return ()

    def sentences(self, moment: Moment) -> Sequence[PastSentence]:
        """Return nothing."""
        return ()

    def similar(self, matter: str, k: int) -> Sequence[PastOutcome]:
        """Return the nearest."""
        query = self.embed.encode([matter])[0]
        rows = self.embed.encode([matter for matter, _, _ in self.told])
        found = [
            PastOutcome(f"p{place}", matter, row, float(row @ query), done, resolved)
            for place, ((matter, done, resolved), row) in enumerate(zip(self.told, rows, strict=True))
        ]
        return sorted(found, key=lambda case: -case.likeness)[:k]


def test_a_step_is_counted_with_how_it_ended() -> None:
    """Of four, three had a replacement, and two of those were helped by it."""
    sent = "replacement sent"
    proposed = step_of([ended("a", sent), ended("b", "refunded"), ended("c", sent, resolved=False), ended("d", sent)])
    assert proposed is not None
    assert (proposed.step, proposed.similar) == (StepTaken(sent, 3, 2), 4)
    assert [(source.type, source.id) for source in proposed.sources] == [(SourceType.PAST, name) for name in "acd"]
    assert proposed.sources[1].title == "replacement sent · not resolved"


@pytest.mark.parametrize(
    "similar",
    [
        [],
        [ended("a", "refunded"), ended("b", "refunded")],
        [ended("a", "refunded"), ended("b", "replaced"), ended("c", "explained")],
        [ended("a", "refunded"), ended("b", "refunded"), *(ended(name, "replaced?" + name) for name in "cdefg")],
        [ended("a", ""), ended("b", ""), ended("c", "")],
    ],
    ids=["none", "two alone", "all differ", "a minority", "nobody said"],
)
def test_too_few_or_disagreeing_cases_say_nothing(similar: list[PastOutcome]) -> None:
    """Silence is better than a chance count."""
    assert step_of(similar) is None


def test_cases_that_ended_otherwise_count_among_the_similar() -> None:
    """Also where nobody said what was done."""
    proposed = step_of([ended("a", "Refunded"), ended("b", "refunded"), ended("c", "")])
    assert proposed is not None
    assert (proposed.step.cases, proposed.similar) == (2, 3)


def test_only_cases_of_the_same_intent_are_alike(embed: VectorCache) -> None:
    """What was asked about opening hours says nothing of a parcel."""
    told = (
        *(("my parcel is lost", "refunded", True) for _ in range(3)),
        *(("when do you open, my parcel is waiting", "told the hours", True) for _ in range(8)),
    )
    steps = NextSteps(Cases(embed, told), (LATE, HOURS), embed)
    proposed = steps.propose(talk("c: my parcel is lost, it never came"), "lost-parcel")
    assert proposed is not None
    assert (proposed.step.text, proposed.step.cases, proposed.similar) == ("refunded", 3, 3)


def test_a_case_belongs_to_the_intent_it_was_worked_under(embed: VectorCache) -> None:
    """Whatever its customer's words are nearest to."""

    class Worked(Cases):
        def similar(self, matter: str, k: int) -> Sequence[PastOutcome]:
            return [replace(case, intent=HOURS.intent) for case in super().similar(matter, k)]

    told = tuple(("my parcel is lost", "replacement sent", True) for _ in range(4))
    conversation = talk("c: my parcel is lost, it never came")
    assert NextSteps(Cases(embed, told), (LATE, HOURS), embed).propose(conversation, LATE.intent) is not None
    assert NextSteps(Worked(embed, told), (LATE, HOURS), embed).propose(conversation, LATE.intent) is None


def test_without_behaviours_only_near_matters_are_alike(embed: VectorCache) -> None:
    """Nearness has to tell alone."""
    told = tuple(("my parcel is lost", "refunded", True) for _ in range(4))
    steps = NextSteps(Cases(embed, told), (), embed)
    assert steps.propose(talk("c: my parcel has been lost"), "") is not None
    assert steps.propose(talk("c: which sleeping bag is warm enough for winter?"), "") is None


@pytest.mark.parametrize(
    "lines",
    [
        ("c: hello",),
        ("c: my parcel is lost", "a: I've sent another one by express.", "c: thank you so much, goodbye"),
        ("c: my parcel is lost", "a: I've sent another one by express.", "c: ok"),
    ],
    ids=["nothing yet", "taking leave", "dealt with"],
)
def test_there_is_no_open_matter(lines: tuple[str, ...]) -> None:
    """Before the customer has said what it is, and once it is done."""
    assert open_matter(talk(*lines)) == ""


def test_a_new_question_after_what_was_done_is_a_matter_of_its_own() -> None:
    """What was said before it is dealt with."""
    said = talk("c: my parcel is lost", "a: I've sent another one.", "c: how do I return the jacket from before?")
    assert open_matter(said) == "how do I return the jacket from before?"


def test_a_matter_holds_nothing_of_the_customers_own() -> None:
    """Names and numbers are slots before anything is compared."""
    matter = open_matter(talk("c: I'm Dana Kovel, order LF-88213 never arrived, call 07700 900143"))
    assert "Dana" not in matter
    assert "88213" not in matter
    assert "900143" not in matter
