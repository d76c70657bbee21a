"""A language model's opinion beside the engine's marks and people's: never for them, compared over the same marks."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from console.conversation import events as e
from console.conversation import quality_fold
from console.conversation.codec import decode, encode
from console.conversation.quality import CriterionMark, Evidence, Given, Mark, Marker
from console.conversation.quality_commands import AskedMarks
from console.conversation.quality_events import QualityMarked, QualityScored
from console.conversation.quality_review import FEWEST_PAIRS
from console.conversation.state import Conversation
from console.review.quality.exchanges import behind, of_conversation, waiting
from console.review.quality.quality import weeks_of
from console.review.quality.told import lines_of, rows_of, section_of
from tests.review.test_quality import NAMED, NOW, Log

MARKS = st.sampled_from(Mark)


def thought(a: Mark, b: Mark = Mark.CANNOT_BE_TOLD) -> QualityScored:
    """Return a model's opinion."""
    said = (CriterionMark("a", a, 1.0, (Evidence("m2", "[hello] <b>"),), "[it] <greets>"), CriterionMark("b", b))
    return QualityScored("r1", "some-model", said, by=Marker.MODEL)


def test_events_from_before_second_opinions_are_the_engines() -> None:
    """As they lie in a log, without the field."""
    data = encode(QualityScored("r1", "quality 1", (CriterionMark("a", Mark.MET),)))
    del data["by"]
    assert decode(QualityScored, data).by is Marker.ENGINE


PEOPLE_AND_ENGINE = st.lists(
    st.one_of(
        st.builds(lambda a, b: QualityScored("r1", "x", (CriterionMark("a", a), CriterionMark("b", b))), MARKS, MARKS),
        st.builds(QualityMarked, st.sampled_from("ab"), st.none() | MARKS, by=st.just("Robin"), sampled=st.booleans()),
    ),
    max_size=6,
)


@given(PEOPLE_AND_ENGINE, st.lists(st.tuples(st.integers(0, 6), MARKS, MARKS), max_size=4))
def test_no_opinion_moves_a_mark_or_a_level(
    happened: list[QualityScored | QualityMarked], opinions: list[tuple[int, Mark, Mark]]
) -> None:
    """Wherever it comes between the engine's and people's."""
    mixed: list[QualityScored | QualityMarked] = list(happened)
    for place, a, b in opinions:
        mixed.insert(place, thought(a, b))
    states, figures = [], []
    for events in (happened, mixed):
        log, state = Log(), Conversation("c")
        log.add("c", e.ConversationClaimed("x", ""))
        log.add("c", e.ConversationClosed("", resolved=True))
        for data in events:
            quality_fold.take(state, data)
            log.add("c", data)
        states.append({name: replace(given, opinion=None) for name, given in state.quality.items()})
        found = log.quality()
        figures.append([(one.counts, one.level, one.people, one.agreement) for one in found.criteria])
    assert states[0] == states[1]
    assert figures[0] == figures[1]


def test_an_opinion_is_outdated_by_the_engines_next_score() -> None:
    """It was of what was then."""
    state = Conversation("c")
    for data in (QualityScored("r1", "x", (CriterionMark("a", Mark.PARTLY),)), thought(Mark.MET)):
        quality_fold.take(state, data)
    assert state.quality["a"].opinion is not None
    assert set(state.quality) == {"a"}, "of what the engine has not marked there is none"
    quality_fold.take(state, QualityMarked("a", Mark.NOT_MET, by="Wren"))
    assert state.quality["a"].opinion is not None
    quality_fold.take(state, QualityScored("r2", "x", (CriterionMark("a", Mark.MET),)))
    assert state.quality["a"] == Given(Mark.NOT_MET, "", "Wren", Mark.MET)


def marked_by_all(many: int) -> Log:
    """Return conversations that a person marked as the model did, and as the engine did in two of three."""
    log, rng = Log(), random.Random(4)
    for number in range(many):
        right = rng.choice([Mark.MET, Mark.NOT_MET])
        other = Mark.NOT_MET if right is Mark.MET else Mark.MET
        log.talk(f"c{number}", right if number % 3 else other, Mark.MET)
        log.add(f"c{number}", QualityMarked("a", right, sampled=True))
        log.add(f"c{number}", thought(right))
    return log


def test_model_and_engine_are_held_against_people_over_the_same_marks() -> None:
    """Those of the fair sample that all three gave and could tell."""
    log = marked_by_all(60)
    log.talk("more", Mark.MET, Mark.MET)
    log.add("more", QualityMarked("a", Mark.MET, sampled=True))
    a, b = (one.seconded for one in log.quality().criteria)
    assert (a.marks, a.model.pairs, a.engine.pairs, a.model.kappa) == (60, 60, 60, 1.0)
    assert a.engine.kappa is not None
    assert a.engine.kappa < 1
    assert log.quality().criteria[0].agreement.pairs == 61
    assert a.words.startswith("people and language model κ 1.00")
    assert (b.marks, b.model.pairs) == (60, 0)
    assert "not enough data (0 of 30" in b.words


def page_part(log: Log) -> str:
    """Return what the report's page says of quality."""
    part = section_of(log.quality())
    assert part is not None
    return part.html


def test_under_the_floor_there_is_not_enough_data() -> None:
    """And without opinions nothing is said of them."""
    few = marked_by_all(FEWEST_PAIRS - 1).quality().seconded
    assert few.words == "not enough data (29 of 30 marked by people, engine and language model)"
    log = Log()
    log.talk("c", Mark.MET, Mark.MET)
    assert (log.quality().opinions, log.quality().seconded.words) == (0, "")
    assert "language model" not in "\n".join(lines_of(log.quality(), 80)) + page_part(log)


def test_the_opinion_stands_behind_each_figure_and_not_in_the_blind_sample() -> None:
    """With the words that it quotes, whose they are, and in the report."""
    log = Log()
    log.add("c", e.MessageAdded(e.Author.AGENT, "hello"))
    log.talk("c", Mark.NOT_MET, Mark.MET)
    log.add("c", thought(Mark.MET))
    (one,) = behind(weeks_of(log.fold(), NOW, 9), AskedMarks("a"), NAMED, lambda seq, _: log.events[seq - 1]).marked
    assert (one.mark, one.engine) == (Mark.NOT_MET, Mark.NOT_MET)
    assert one.opinion is not None
    assert (one.opinion.mark, one.opinion.model) == (Mark.MET, "some-model")
    assert one.opinion.evidence == (Evidence("m2", "[hello] <b>"),)
    assert of_conversation(log.events, NAMED).marked[0].opinion == one.opinion
    queue = waiting(weeks_of(log.fold(), NOW, 9), NAMED, lambda _: log.events)
    assert [(m.engine, m.opinion) for m in queue.marked] == [(None, None)] * 2
    assert "second opinion on 1 of them, which counts nowhere" in " ".join(
        " ".join(line.split()) for line in lines_of(log.quality(), 80)
    )
    assert "second opinion on 1 of them" in page_part(log)
    assert [row["measure"] for row in rows_of(log.quality()) if row["table"] == "agreement"][:3] == [
        "kappa",
        "kappa of the language model",
        "kappa of the engine on the same marks",
    ]
