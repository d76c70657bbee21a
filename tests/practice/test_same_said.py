"""Other words for what a simulated customer says: they stand only where they surely say the same."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.practice.phrases import Cue, Manner, phrases
from console.practice.same_said import Part, what_differs
from console.practice.scenario import Scenario
from console.practice.voice import joined
from console.practice.wordings import cues_of, more_for, plain, words, words_for
from tests.practice.scripted import Remembering, at_random, ear, scenarios
from tests.practice.test_play_through import everything_said

RIDGE = "we walk the ridge on Saturday, my sister comes over for it. so Friday"
ORDER = "It's LF-88213, and I paid £164.00 for two pairs."
REFUSES = "I don't want a voucher, I want the money."
GETS_IT = "to Mill Lane, not from the depot"
NEW = ["Thursday", "£40", "3", "LF-99999", "Kira", "tent", "promise", "refund", "accept", "never", "maybe", "hundred"]
FILLERS = ["well,", "honestly,", "so", "look,", "please,", "oh"]

PLAIN = next(one for one in scenarios() if one.persona.manner is Manner.PLAIN and not one.own_words)
every_saying = st.sampled_from(
    [(one, text) for one in scenarios() for text in everything_said(one) if any(words(text))]
)
word = st.sampled_from([*NEW, *FILLERS, "not", "you", "your", "yes", "and", "the"])


def part(text: str, scenario: Scenario = PLAIN) -> Part:
    """Return what is said, as a part of a message of this scenario's customer."""
    cues = cues_of(text, scenario)
    return Part(text, words_for(cues, scenario) if cues else None)


def same(text: str, worded: str) -> bool:
    """Return whether a wording says the same as something of the matter."""
    return not what_differs([Part(text)], worded)


def has_figure(one: str) -> bool:
    """Return whether there is a figure in a word."""
    return any(character.isdigit() for character in one)


@pytest.mark.parametrize(
    ("text", "worded"),
    [
        (RIDGE, "honestly, my sister comes over for it and we walk the ridge on Saturday. so it's Friday, please"),
        (RIDGE, "my sister comes over for it - we walk the ridge Saturday. Friday, please!"),
        (ORDER, "Well, I paid £164.00 for the two pairs. It is LF-88213."),
        (REFUSES, "Look, I really do not want the voucher. I want my money!"),
        (GETS_IT, "please, not from the depot. It's to Mill Lane"),
        ("ok. do that", "Okay, please do that."),
    ],
)
def test_order_and_small_words_may_change(text: str, worded: str) -> None:
    """What is said stays."""
    assert same(text, worded)


@pytest.mark.parametrize(
    ("text", "worded"),
    [
        (RIDGE, "we walk the ridge on Saturday. so Friday"),  # drops the sister
        (RIDGE, "we walk the ridge on Friday, my sister comes over for it. so Saturday"),  # swaps the days
        (RIDGE, "we hike the ridge on Saturday, my sister comes over for it. so Friday"),  # another word for it
        (RIDGE, "I walk the ridge on Saturday, your sister comes over for it. so Friday"),  # somebody else's
        (RIDGE, "do we walk the ridge on Saturday? my sister comes over for it. so Friday"),  # asks
        (ORDER, "It's LF-88231, and I paid £164.00 for two pairs."),  # another order
        (ORDER, "It's LF-88213, and I paid £146.00 for two pairs."),  # another sum
        (ORDER, "It's LF-88213, and I paid £164.00 for three pairs."),  # another number
        (ORDER, "It's LF-88213, and you paid £164.00 for two pairs."),  # another payer
        (ORDER, "It's LF-88213, and I paid £164.00 for two pairs. £164.00!"),  # says a sum twice
        (REFUSES, "I want a voucher, I don't want the money."),  # the other one
        (REFUSES, "I want a voucher, I want the money."),  # drops a no
        (GETS_IT, "to the depot, not from Mill Lane"),  # turned around
        (GETS_IT, "to Mill Lane, not from the depot, Will"),  # a name
        (GETS_IT, "to Mill Lane, not from the depot <b>"),
        (GETS_IT, "to Mill Lane,\nnot from the depot"),
        (GETS_IT, "to Mill Lane, " + "honestly, " * 40 + "not from the depot"),
        ("I lost a boot.", "I lost the boots."),
        ("ok. do that", "do that"),  # drops a yes
        ("The shop told the bot, not me.", "The shop told me, not the bot."),
        ("The bot told the driver, the driver told me.", "The driver told the bot, the driver told me."),
        ("I've a trip in two weeks", "I've a trip for two weeks"),
        ("I've a trip in two weeks", "I've a trip two weeks"),
        ("nine days late", "nine days on late"),
        ("I charged £40", "I'm charged £40"),
        ("My order is late. Which one is it?", "Is my order late? Which one, it is."),
        ("I told you to send it.", "You told me to send it."),
        ("the blue one, or the red one", "the red one, or the blue"),  # says it once
        ("ja, bitte", "yes, please"),  # in another language
        ("ok. do that", ""),
    ],
)
def test_what_is_dropped_added_swapped_or_turned_around_is_another_thing(text: str, worded: str) -> None:
    """However little it is."""
    assert not same(text, worded)


def test_feelings_are_said_in_other_phrases_for_the_same() -> None:
    """In any manner; not in those for something else, which would mislead the agent."""
    unknown = part("I don't know, sorry.")
    assert not what_differs([unknown], "no idea, sorry")
    assert what_differs([unknown], "I know that, sorry")
    waits = part("Hm. I'm not sure I can rely on that.")
    assert not what_differs([waits], "Honestly, I'm not sure that I can rely on it")
    assert what_differs([waits], "ok, do that")
    assert what_differs([waits], "Okay, I accept that.")
    assert what_differs([waits], "I'd rather not go into that yet.")


@pytest.mark.parametrize("cue", [Cue.UNCONVINCED, Cue.DEPENDS, Cue.REFUSED, Cue.NOT_YET, Cue.UPSET, Cue.LET_DOWN])
def test_no_doubt_becomes_a_yes_a_thanks_or_a_goodbye(cue: Cue) -> None:
    """The agent would take it for what was decided."""
    sure = [Cue.CONFIRMED, Cue.WAITING, Cue.THANKS, Cue.EASED, Cue.GOODBYE, Cue.NOTHING_ELSE, Cue.LEAVES]
    others = [text for other in sure for manner in Manner for text in phrases()[manner][other]]
    for text in phrases()[Manner.PLAIN][cue]:
        assert not [other for other in others if not what_differs([part(text)], other)]


@pytest.mark.parametrize(
    ("text", "worded"),
    [
        ("I'd like to believe that.", "I'd like that."),
        ("That could help. It depends, though.", "That could help."),
        ("Maybe. You haven't asked me everything yet.", "You have asked me everything."),
        ("That's not what I hoped for.", "That's what I hoped for."),
        ("I don't have that, I'm afraid.", "I have that."),
        ("I've told you that already.", "You've told me that already."),
        ("No, that's all, thank you.", "That's not all, thank you."),
        ("Yes, that's right.", "That's not right."),
        ("Yes, that's right.", "Is that right?"),
    ],
)
def test_half_a_phrase_is_another(text: str, worded: str) -> None:
    """Where what is left says something else."""
    assert what_differs([part(text)], worded)


def test_a_phrase_beside_the_matter_may_not_be_dropped_and_not_stretched_over_it() -> None:
    """Both are said."""
    both = [part("This is getting really annoying."), Part("I want my money.")]
    assert not what_differs(both, "Honestly, this is annoying. I want my money")
    assert what_differs(both, "I want my money")
    assert what_differs(both, "This is annoying, I want money and the boots")


def test_words_for_the_mood_may_be_added_where_it_is_so() -> None:
    """They say nothing of the matter."""
    assert same(RIDGE, f"{RIDGE}, please")
    assert what_differs([Part(RIDGE)], f"{RIDGE}. ridiculous")
    assert not what_differs([Part(RIDGE)], f"{RIDGE}. ridiculous", more_for(Cue.UPSET))


@given(every_saying, st.lists(st.sampled_from(FILLERS), max_size=3))
def test_whatever_is_said_may_be_said_in_its_own_words(saying: tuple[Scenario, str], fillers: list[str]) -> None:
    """With small words before it, too."""
    scenario, text = saying
    assert not what_differs([part(text, scenario)], " ".join([*fillers, text]))


@given(every_saying, st.data())
def test_nothing_new_can_be_put_in_anywhere(saying: tuple[Scenario, str], data: st.DataObject) -> None:
    """No figure, day, name, product or promise that what is said does not hold."""
    scenario, text = saying
    one = part(text, scenario)
    new = data.draw(st.sampled_from(NEW))
    known = set(chain(words(text), one.of.may if one.of else ()))
    pieces = text.split()
    place = data.draw(st.integers(0, len(pieces)))
    if not known.issuperset(words(new)):
        assert what_differs([one], " ".join([*pieces[:place], new, *pieces[place:]]))


@given(every_saying, st.data())
def test_nothing_of_the_matter_can_be_left_out(saying: tuple[Scenario, str], data: st.DataObject) -> None:
    """But the words that name nothing."""
    scenario, text = saying
    telling = sorted(set(words(text)) - plain())
    if not telling or cues_of(text, scenario):
        return
    gone = data.draw(st.sampled_from(telling))
    assert what_differs([part(text, scenario)], " ".join(w for w in text.split() if gone not in set(words(w))))


@given(every_saying, st.lists(word, max_size=4), st.randoms(use_true_random=False))
def test_what_passes_holds_every_figure_and_word_of_the_matter_and_no_other(
    saying: tuple[Scenario, str], more: list[str], chance: object
) -> None:
    """However the words are shuffled, with others among them."""
    scenario, text = saying
    pieces = [*text.split(), *more]
    chance.shuffle(pieces)  # type: ignore[attr-defined]
    one, worded = part(text, scenario), " ".join(pieces)
    if not what_differs([one], worded):
        may = plain() | (one.of.may if one.of else frozenset())
        assert set(words(worded)) - may <= set(words(text))
        assert one.of or set(words(text)) - plain() <= set(words(worded))
        assert sorted(filter(has_figure, words(worded))) == sorted(filter(has_figure, words(text)))


@given(every_saying, st.text(max_size=80))
def test_any_text_is_judged(saying: tuple[Scenario, str], text: str) -> None:
    """Whatever a model writes."""
    scenario, said = saying
    assert isinstance(what_differs([part(said, scenario)], text), str)
    assert isinstance(what_differs([part(said, scenario)], f"{said} {text}"), str)


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda one: one.id)
def test_a_whole_answer_says_the_same_as_itself(scenario: Scenario, remembering: Remembering) -> None:
    """With its sentences in another order, too, where it has no figure or name of its own to begin with."""
    for turn in at_random(scenario, ear(scenario, remembering), 1).turns:
        parts = [part(text, scenario) for text in turn.answer.says]
        if turn.answer.says and any(words(joined(turn.answer.says))):
            assert not what_differs(parts, joined(turn.answer.says))
            assert not what_differs(parts, f"well, {joined(turn.answer.says[::-1])}")
