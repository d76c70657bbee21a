"""Suggestions that are wrong on purpose: how they are made, when, and whether what is wrong still stands in a text."""

from dataclasses import replace

import pytest

from console.conversation.assistance import Suggestion
from console.conversation.practice_events import PlantKind, SuggestionPlanted
from console.practice.planting import EVERY, Breach, Moment, Passed, Planted, due, owed, planted, tones
from console.practice.scenario import Plant
from console.practice.still_there import still_there
from console.practice.wrong_facts import changed
from tests.desks import suggestion

LATE = suggestion("I'm sorry. The refund of £40 shows within 5 working days.", "m3", source="refund")
ASK = suggestion("Is there a day you need it by?", "m3", kind="procedure", source="lost")
WRONG_ORDER = "Say which one you mean."
ADVICE = "Say that it is an estimate."


def seed_of(kind: PlantKind) -> int:
    """A seed by which the first suggestions of a session hold a plant, and one of this kind is tried first."""

    def first(seed: int) -> bool:
        found = planted((LATE, ASK), (), at(seed)) if due(seed, 0) else None
        return found is not None and found.plant.kind is kind

    return next(seed for seed in range(200) if first(seed))


def at(seed: int, answers: int = 0) -> Moment:
    """A moment at which every kind of plant can be made."""
    breach = Breach("It will definitely arrive by Friday.", "“No promises” (Delivery §4)", ADVICE)
    passed = Passed(suggestion("Which order is it?  Tell me.", "m1", source="order"), "You have said it already.")
    return Moment(seed, answers, "still waiting", "", "m3", breaches=lambda _: (breach,), passed=lambda: (passed,))


def of_kind(kind: PlantKind) -> tuple[Planted, Suggestion]:
    """A turn with a plant of a kind, and the plant as it is suggested."""
    found = planted((LATE, ASK), (), at(seed_of(kind)))
    assert found is not None
    return found, next(one for one in found.suggestions if one.id == found.plant.suggestion)


def test_one_of_three_turns_has_a_plant_and_which_one_follows_from_the_seed() -> None:
    """In each three of them, whatever the seed."""
    for seed in range(20):
        turns = [due(seed, answers) for answers in range(9 * EVERY)]
        assert all(sum(turns[start : start + EVERY]) == 1 for start in range(0, len(turns), EVERY))
    assert len({tuple(due(seed, answers) for answers in range(9)) for seed in range(20)}) > 5


def test_what_could_not_be_planted_in_its_turn_is_planted_in_the_next_that_allows_it() -> None:
    """And once it was, only when the next is due."""
    seed = next(seed for seed in range(200) if due(seed, 0) and not due(seed, 3))
    assert planted((), (), at(seed)) is None
    late = at(seed, 1)
    assert planted((LATE, ASK), (), late) is not None
    assert planted((LATE, ASK), (), replace(late, answers=2, planted=1)) is None
    assert owed(seed, 2) == 1


@pytest.mark.parametrize("kind", PlantKind)
def test_the_same_seed_plants_the_same_and_something_right_always_stands_beside_it(kind: PlantKind) -> None:
    """Of each kind."""
    found, made = of_kind(kind)
    assert planted((LATE, ASK), (), at(seed_of(kind))) == found
    assert {LATE, ASK} & set(found.suggestions)
    assert found.plant.words in made.text


@pytest.mark.parametrize("kind", PlantKind)
def test_a_plant_has_the_face_of_a_real_suggestion(kind: PlantKind) -> None:
    """Sources, score and support; nothing says that it is one."""
    _, made = of_kind(kind)
    assert made.sources
    assert 0 < made.score <= LATE.score
    assert made.support == LATE.support


def test_a_wrong_fact_is_another_one_of_its_kind_and_the_source_says_which_is_right() -> None:
    """One figure differs and nothing else."""
    found, made = of_kind(PlantKind.FACT)
    assert made.text != LATE.text
    assert made.text.replace(found.plant.words, "") in LATE.text.replace("£40", "") + LATE.text.replace(
        "5 working days", ""
    )
    assert found.plant.right == LATE.text
    assert "Reship" in found.plant.wrong


def test_a_breach_of_policy_is_a_sentence_more_and_names_its_clause() -> None:
    """The advice of the policy is what would be right."""
    found, made = of_kind(PlantKind.POLICY)
    assert made.text == f"{LATE.text} It will definitely arrive by Friday."
    assert "Delivery §4" in found.plant.wrong
    assert found.plant.right == ADVICE


def test_a_wrong_tone_leaves_the_matter_and_takes_the_kindness() -> None:
    """Cold or blaming words stand in front of what is right."""
    found, made = of_kind(PlantKind.TONE)
    assert made.text == f"{found.plant.words} The refund of £40 shows within 5 working days."
    assert found.plant.words in {words for some in tones().values() for words in some}


def test_what_is_out_of_date_says_why() -> None:
    """It was right before."""
    found, made = of_kind(PlantKind.STALE)
    assert made.text == "Which order is it?  Tell me."
    assert found.plant.wrong == "You have said it already."


def test_a_single_suggestion_is_never_taken_away() -> None:
    """Where nothing can stand beside it, there is no plant."""
    for seed in range(40):
        found = planted((LATE,), (), replace(at(seed), passed=lambda: ()))
        assert found is None
    assert planted((), (), at(1)) is None


def test_what_the_author_wrote_comes_at_its_turn_or_at_the_first_of_its_words() -> None:
    """In place of chance."""
    at_turn = Plant("Reinstall it.", PlantKind.FACT, "It is a boot.", turn=1)
    at_word = Plant("Which one?", PlantKind.STALE, WRONG_ORDER, words="Which", when=("Satur",))
    moment = replace(at(1), said="we walk on Saturday")
    first = planted((LATE, ASK), (at_turn, at_word), moment)
    assert first is not None
    assert (first.plant.words, first.plant.wrong) == ("Which", WRONG_ORDER)
    again = planted((LATE, ASK), (at_word,), replace(moment, said_before="Saturday, I said"))
    assert again is None or again.plant.wrong != WRONG_ORDER
    second = planted((LATE,), (at_turn,), replace(moment, answers=1))
    assert second is not None
    assert [one.text for one in second.suggestions] == [LATE.text, "Reinstall it."]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Order LF-88212 was due on 16 November.", "Order LF-88212 was due on"),
        ("It comes on Friday.", "It comes on"),
        ("Orders placed before 14:00 go out today.", "go out today"),
        ("It takes 3 to 5 working days.", "working days"),
        ("A sum of £1,250 and no more.", "and no more"),
        ("Yours is LF-88211.", "Yours is LF-88212."),
    ],
)
def test_facts_are_changed_within_their_kind(text: str, kept: str) -> None:
    """Days, times, figures, sums; and an order only for another one of the same customer."""
    for seed in range(5):
        change = changed(text, ("LF-88211", "LF-88212") if "LF-88211" in text else (), seed, "m3")
        assert change is not None
        assert change.text != text
        assert change.words in change.text
        assert kept in change.text
        assert text == change.text.replace(change.words, change.instead_of)


@pytest.mark.parametrize("text", ["Is it unworn?", "Your order is LF-88211.", "It is due on Friday 5 December."])
def test_what_cannot_be_changed_believably_is_left(text: str) -> None:
    """No figure; no other order; a day whose weekday would give it away."""
    assert changed(text, ("LF-88211",), 1, "m3") is None


def plant_of(kind: PlantKind, words: str) -> SuggestionPlanted:
    """A plant."""
    return SuggestionPlanted("s-1", kind, words, "", "")


FIGURE = plant_of(PlantKind.FACT, "10 days")
PROMISE = plant_of(PlantKind.POLICY, "It will definitely arrive by Friday.")


@pytest.mark.parametrize(
    ("plant", "text", "there"),
    [
        (FIGURE, "It takes 10 days.", True),
        (FIGURE, "It takes 5 days.", False),
        (FIGURE, "It takes 110 days.", False),
        (PROMISE, "I'm sorry, Dana. it will definitely arrive by Friday", True),
        (PROMISE, "It'll definitely arrive by Friday, Dana.", True),
        (PROMISE, "Express is estimated for Friday, and that is no promise.", False),
        (PROMISE, "Yes.", False),
    ],
)
def test_what_is_wrong_is_found_in_what_was_sent(plant: SuggestionPlanted, text: str, there: bool) -> None:
    """The very figure, or nearly the same words."""
    assert still_there(plant, text) is there


def test_every_kind_of_plant_is_reached_by_some_seed() -> None:
    """So that an agent who plays several sessions meets them all."""
    found = [planted((LATE, ASK), (), at(seed)) for seed in range(60)]
    assert {one.plant.kind for one in found if one} == set(PlantKind)
