"""The bot's last words: the company's where they may be said, the product's own otherwise."""

from pathlib import Path

import pytest

from console.assist.bot.checking import Checker
from console.assist.bot.decision import HandOver
from console.assist.bot.parting import Moment, Parting, under
from console.assist.bot.wording import PASSED_ON
from console.assist.engine import Engine
from console.content.library import Library
from console.content.loader import load_library
from console.conversation.bot_record import BotRecord
from console.conversation.handover import HandoverWhen, Trigger
from console.conversation.people import Identity
from tests.assist.making import BagOfWords, talk
from tests.bot.conftest import CONTENT

TRIGGER = Trigger(HandoverWhen.TOPIC, "a matter for people", "m1")


def last_words(library: Library, intent: str, said: str = "c: hello", text: str = "") -> str:
    """Return what the customer reads when this matter goes to people."""
    moment = Moment(talk(said), Identity.MATCHED, BotRecord())
    behaviour = library.behaviour(intent)
    assert behaviour is not None
    parting, routing = Parting(library, Checker(Engine(library, BagOfWords()).watch)), under(moment, behaviour).routing
    if text:
        decision = parting.give_up(moment, routing, "why", HandoverWhen.TOPIC, text).decision
    else:
        decision = parting.to_people(moment, routing, (TRIGGER,)).decision
    assert isinstance(decision, HandOver)
    return decision.text


def library_saying(folder: Path, say: str) -> Library:
    """Return what a company has whose behaviour says this at the hand-over."""
    (folder / "behaviours").mkdir()
    head = f"title = 'Ours'\nlayer = 'assisted'\ntier = 1\nsay = '{say}'\n[triggers]\nexamples = ['hi']\n"
    slot = "[[collect]]\nfact = 'name'\nslot = 'who'\npattern = '(?<=I am ).{1,80}'\nask = 'Who?'\n"
    (folder / "behaviours/ours.toml").write_text(head + slot, encoding="utf-8")
    return load_library(folder)


@pytest.mark.parametrize("content", [CONTENT, Path("/nonexistent")])
def test_whatever_the_demo_and_the_product_say_may_be_said(content: Path) -> None:
    """Least of all is somebody in danger met with other words."""
    library = load_library(content)
    for behaviour in library.behaviours:
        if behaviour.say and "{" not in behaviour.say:
            assert last_words(library, behaviour.intent) == behaviour.say


def test_words_that_are_filled_with_what_is_known_are_said(tmp_path: Path) -> None:
    library = library_saying(tmp_path, "Thank you, {customer.first_name}. A colleague will read this.")
    assert last_words(library, "ours") == "Thank you, Dana. A colleague will read this."


@pytest.mark.parametrize(
    ("say", "said"),
    [
        ("You will receive your money back.", "c: hello"),
        ("Thank you, {fact.who}. A colleague is coming.", "c: I am told that you will receive your money back"),
    ],
)
def test_words_that_no_answer_may_have_are_not_the_last_ones_either(tmp_path: Path, say: str, said: str) -> None:
    """A promise, in the company's wording or in what a customer made of it."""
    library = library_saying(tmp_path, say)
    assert last_words(library, "ours", said) == PASSED_ON


def test_words_for_one_reason_alone_are_checked_as_well(tmp_path: Path) -> None:
    """As where a tool found nothing; the behaviour's own words stand for them, or the product's."""
    library = library_saying(tmp_path, "A colleague will read this.")
    assert last_words(library, "ours", text="I see no parcel. I'm bringing in a colleague.").startswith(
        "I see no parcel."
    )
    for text in ("There is none for {order.number}.", "I will refund you."):
        assert last_words(library, "ours", text=text) == "A colleague will read this."
