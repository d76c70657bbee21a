"""Scenarios made from a chat that escalated: the anger and the wish for a manager are what the session is about."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from console.content.behaviours import Behaviour, Stakes
from console.content.library import Library
from console.content.practice import scenario_of
from console.conversation.message import Author, Layer
from console.past.anonymity import CommonWords
from console.practice.acts import Act
from console.practice.hearing import Ear
from console.practice.making.checking import checked
from console.practice.making.drafting import Company, draft_of
from console.practice.making.importing import run_of
from console.practice.play import Played, begin, cut_off, say
from console.practice.recognising_acts import acts_in
from console.practice.scenario import Scenario, Told
from console.practice.scoring import scored
from knowledge import Embedder
from tests.practice.test_making import DAY, by_words, escalation

REPAIR = Behaviour(
    "repair-status",
    "Where is my repair",
    Layer.ASSISTED,
    1,
    Stakes.MEDIUM,
    allowed_actions=("look up the repair ticket", "ask the workshop"),
    skills=("repairs",),
)
COMPANY = Company(Library(behaviours=(REPAIR,)), CommonWords.of((), ["Repairs take 15 days."]))
WAIT = "Repairs are worked through in the order in which they reach us. Please wait for the e-mail."
SAID = (
    (Author.CUSTOMER, "my repair is three weeks late now, any news"),
    (Author.BOT, "A colleague will check with the workshop."),
    (Author.AGENT, WAIT),
    (Author.CUSTOMER, "I'm fed up with being told to wait"),
    (Author.CUSTOMER, "can I speak to a manager please"),
    (Author.AGENT, "Hello, I'm the team lead. I've read all of this and I'll see it through myself."),
    (Author.CUSTOMER, "i'll leave it"),
)
NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def made(said: Sequence[tuple[Author, str]] = SAID, **told: object) -> dict[str, object]:
    """Return the file of a chat's draft."""
    source = escalation(said, intent="repair-status", disposition="customer left", resolved=False, **told)
    return tomllib.loads(draft_of(source, COMPANY, by_words).text)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """The scenario of the chat above."""
    source = escalation(SAID, intent="repair-status", disposition="customer left", resolved=False)
    return scenario_of(draft_of(source, COMPANY, by_words).text, Path("made.toml"), {}, date(2026, 6, 1))


@pytest.fixture(scope="module")
def ear(scenario: Scenario, embedder: Embedder) -> Ear:
    """What its customer hears by."""

    def acts(text: str) -> list[tuple[str, frozenset[Act]]]:
        return [(said.sentence, said.acts) for said in acts_in(text, embedder)]

    return Ear(scenario, embedder, acts)


def played(scenario: Scenario, ear: Ear, *said: str) -> Played:
    """Return the session of an agent who writes this."""
    session = begin(scenario, 1, NOW)
    for number, text in enumerate(said, 1):
        session = say(session, ear, text, NOW + timedelta(seconds=30 * number))
    return cut_off(session)


def test_the_session_begins_where_it_escalated(scenario: Scenario) -> None:
    """With the anger and the wish; what a colleague had written is no words of whoever plays."""
    assert scenario.begins == ("I'm fed up with being told to wait", "can I speak to a manager please")
    assert [line.role for line in scenario.before] == [Author.CUSTOMER, Author.BOT, Author.SYSTEM]
    assert scenario.before[-1].text == f"A colleague wrote: “{WAIT}”"
    assert (scenario.reason, scenario.skills) == ("asked for a manager", ("repairs", "de-escalation"))


def test_the_customer_is_as_angry_as_they_were(scenario: Scenario) -> None:
    """By the mood that was read when they said it, else by their words; calm at the hand-over to the first agent."""
    calm = made(SAID[:3])["persona"]
    assert scenario.persona.patience < calm["patience"]  # type: ignore[index]
    assert scenario.persona.trust < calm["trust"]  # type: ignore[index]
    furious = made(moods={"m4": -0.9, "m5": -0.8})["persona"]
    assert furious["patience"] < scenario.persona.patience  # type: ignore[index]


def test_the_anger_and_the_wish_have_to_be_answered_and_what_would_help_found_out(scenario: Scenario) -> None:
    """Nothing that the company allows is any use before that."""
    assert [duty.title for duty in scenario.musts] == [
        "The anger is taken seriously",
        "The wish for a manager is answered",
    ]
    (fact,) = [fact for fact in scenario.facts if fact.told is Told.ASKED]
    assert fact.says == ("my repair is three weeks late now, any news",)
    assert [one.needs for one in scenario.resolutions] == [("what-would-help",)] * 2


def test_looking_something_up_does_not_win_it(scenario: Scenario, ear: Ear) -> None:
    """Not at once, and not by saying it again."""
    for said in (("I can look up the repair ticket.",), ("I can look up the repair ticket.",) * 3):
        score = scored(played(scenario, ear, *said), ())
        assert not score.won
        assert next(point for point in score.points if point.id == "musts").value == 0.0


def test_a_practised_agent_wins_it(scenario: Scenario, ear: Ear) -> None:
    """In words of their own, and by the examples; a poor one loses it."""
    session = played(
        scenario,
        ear,
        "I'm sorry, you were told to wait again and again, and I see why you have had enough.",
        "I'll get my team lead in here if you wish. What would you want from us now, so that this is right?",
        "I'll ask the workshop for you now and stay with you until they answer.",
        "Thank you for bearing with us, goodbye!",
    )
    score = scored(session, ())
    assert score.won, [(point.title, point.value, point.reason) for point in score.points]
    assert checked(scenario, ear).playable


def test_anger_that_nobody_answered_comes_once_patience_is_short() -> None:
    """The session begins as the chat did; the customer is less patient, and says it in their own words."""
    said = (*SAID[:3], (Author.CUSTOMER, "so that's all you have to say? unacceptable"))
    gone = made((*said[:3], (Author.CUSTOMER, "never mind then, I'll go elsewhere")))
    assert gone["words"] == {"leaves": ["never mind then, I'll go elsewhere"]}
    draft = made(said)
    assert draft["begins"] == ["my repair is three weeks late now, any news"]
    assert draft["words"] == {"upset": ["unacceptable"]}
    assert [one["title"] for one in draft["must"]] == ["The anger is taken seriously"]  # type: ignore[attr-defined]
    assert draft["persona"]["patience"] < made(SAID[:3])["persona"]["patience"]  # type: ignore[index]


def test_a_manager_who_was_asked_for_before_an_agent_came_is_a_must() -> None:
    """An agent is no manager, but the person whom somebody asks for who wants one."""
    for wish, titles in (
        ("can I speak to a manager please", ["The wish for a manager is answered"]),
        ("can I speak to a person please", []),
    ):
        draft = made((SAID[0], SAID[1], (Author.CUSTOMER, wish), (Author.AGENT, "Hello, I'm here.")))
        assert [one["title"] for one in draft.get("must", [])] == titles  # type: ignore[attr-defined]
        assert "must" not in draft or draft["begins"] == [wish]


def test_a_calm_chat_stays_as_it_was() -> None:
    """Asking whether anybody is there is no wish for another."""
    calm = (*SAID[:3], (Author.CUSTOMER, "anybody?"), (Author.AGENT, "I'm here."))
    assert not {"must", "fact", "words"} & made(calm).keys()
    assert made(calm)["reason"] == "handed over by the bot"


def test_a_run_without_times_begins_as_it_did() -> None:
    """Nothing tells there when an agent was handed it; the anger is a must all the same."""
    turns = [
        {"role": "user", "content": "cancel my flight"},
        {"role": "assistant", "content": "Please wait for the e-mail."},
        {"role": "user", "content": "I'm fed up with being told to wait"},
        {"role": "assistant", "content": "I can cancel it."},
    ]
    run = replace(run_of({"id": "4", "reward": 1, "messages": turns}, DAY), intent="repair-status")
    draft = tomllib.loads(draft_of(run, COMPANY, by_words).text)
    assert draft["begins"] == ["cancel my flight"]
    assert [one["id"] for one in draft["must"]] == ["anger-heard"]


def test_hard_values_are_explained_once_in_the_file() -> None:
    """Behind the first of each kind; the file reads as before."""
    text = draft_of(escalation(SAID, intent="repair-status"), COMPANY, by_words).text
    (line,) = [line for line in text.splitlines() if line.startswith("patience = ")]
    assert line.endswith("  # 0 to 1; at 0 they leave")
    assert text.count("# so much trust they need to take it") == 1
