"""Practice sessions played through: won and lost, the same by seed, and nothing said that no scenario holds."""

import re
from collections.abc import Iterator

import pytest

from console.conversation.message import Author
from console.practice.customer import Ending
from console.practice.phrases import phrases
from console.practice.play import Played
from console.practice.scenario import Difficulty, Scenario
from console.practice.scoring import scored
from tests.practice.scripted import Remembering, Skilled, at_random, ear, played, scenarios

SKILLS = {
    "account security",
    "de-escalation",
    "delivery",
    "owning a mistake",
    "product safety",
    "refunds and returns",
    "saying no",
    "vulnerable customers",
}

every = pytest.mark.parametrize("scenario", scenarios(), ids=lambda one: one.id)


def test_there_are_enough_of_them_for_every_skill_and_difficulty() -> None:
    """At least 24, seven of each difficulty, and every skill of the eight in at least three."""
    assert len(scenarios()) >= 24
    assert all(sum(one.difficulty is level for one in scenarios()) >= 7 for level in Difficulty)
    assert {skill for one in scenarios() for skill in one.skills} == SKILLS
    assert all(sum(skill in one.skills for one in scenarios()) >= 3 for skill in SKILLS)


@every
def test_each_can_be_won_and_lost(scenario: Scenario, remembering: Remembering) -> None:
    """By agents who write as people do; losing is to be left, cut off, or to settle it as it may not be."""
    hears = ear(scenario, remembering)
    strong = [scored(played(scenario, hears, Skilled.STRONG, seed), []) for seed in range(4)]
    assert all(one.words for score in strong for point in score.points for one in point.evidence)
    won = [score.won for score in strong]
    lost = [scored(played(scenario, hears, Skilled.POOR, seed), []).won for seed in range(4)]
    assert any(won)
    assert not all(lost)


@every
def test_customers_say_only_what_stands_in_the_scenario(scenario: Scenario, remembering: Remembering) -> None:
    """Nothing is invented, whatever is written to them: every sentence is one of theirs, but for slips of fingers."""
    hears = ear(scenario, remembering)
    for seed in range(6):
        assert not list(invented(at_random(scenario, hears, seed)))


@pytest.mark.slow
@every
def test_nothing_is_invented_in_twenty_sessions(scenario: Scenario, remembering: Remembering) -> None:
    """Over all scenarios more than 500 sessions."""
    hears = ear(scenario, remembering)
    for seed in range(6, 26):
        assert not list(invented(at_random(scenario, hears, seed)))


def test_the_same_seed_plays_the_same_session(remembering: Remembering) -> None:
    """And another seed another one."""
    for scenario in scenarios()[:6]:
        hears = ear(scenario, remembering)
        one, again, other = (at_random(scenario, hears, seed) for seed in (3, 3, 4))
        assert one == again
        assert one.messages != other.messages


def test_ten_seeds_give_ten_sessions(remembering: Remembering) -> None:
    """Also where the agent writes much the same."""
    for scenario in scenarios():
        hears = ear(scenario, remembering)
        sessions = [played(scenario, hears, Skilled.STRONG, seed) for seed in range(10)]
        assert len({tuple(message.text for message in one.messages) for one in sessions}) >= 8


def test_settled_sessions_end_with_a_goodbye(remembering: Remembering) -> None:
    """The customer of a settled session takes leave."""
    ended = [
        played(scenario, ear(scenario, remembering), Skilled.STRONG, seed)
        for scenario in scenarios()
        for seed in (0, 1)
    ]
    assert sum(session.ending is Ending.SETTLED for session in ended) >= 0.95 * len(ended)


def invented(session: Played) -> Iterator[str]:
    """Yield what the customer says that is neither in the scenario nor among the phrases: sentences, and figures."""
    known, codes = everything_said(session.scenario), _figures(session.scenario)
    shapes = {_letters(sentence) for sentence in known}
    for message in session.messages[len(session.scenario.before) :]:
        if message.role is not Author.CUSTOMER:
            continue
        yield from (
            figure for figure in re.findall(r"[\w£.-]*\d[\w.-]*", message.text) if figure.strip(".") not in codes
        )
        if not _made_of(_letters(message.text), shapes):
            yield message.text


def everything_said(scenario: Scenario) -> list[str]:
    """Return everything that the customer of a scenario can say."""
    told = [text for fact in scenario.facts for text in (*fact.says, fact.wrong, fact.missing)]
    accepts = [text for one in scenario.resolutions for text in one.accepts]
    answers = [duty.answer for duty in (*scenario.musts, *scenario.must_nots)]
    breaks = [text for one in scenario.interruptions for text in one.say]
    own = [text for some in scenario.own_words.values() for text in some]
    phrased = [text for some in phrases()[scenario.persona.manner].values() for text in some]
    whole = [*scenario.begins, *scenario.wants, *told, *accepts, *answers, *breaks, *own, *phrased]
    return [text for text in whole if text]


def _figures(scenario: Scenario) -> set[str]:
    return {found.strip(".") for text in everything_said(scenario) for found in re.findall(r"[\w£.-]*\d[\w.-]*", text)}


def _letters(text: str) -> str:
    """Return the skeleton of a text: first letters of its words, which no slip of a finger changes."""
    return "".join(word[0] for word in re.findall(r"[\w’']+", text.casefold().replace("’", "'")))


def _made_of(text: str, parts: set[str]) -> bool:
    """Return whether a text is some of ``parts`` one after the other."""
    ends = {0}
    for start in range(len(text)):
        if start in ends:
            ends |= {start + len(part) for part in parts if part and text.startswith(part, start)}
    return len(text) in ends
