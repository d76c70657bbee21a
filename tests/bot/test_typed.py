"""Order numbers as customers type them: where the bot has asked for one, and nowhere else."""

import re

import pytest

from console.assist.bot.typed import typed
from console.assist.talk import Talk
from console.content.behaviours import Fact
from console.conversation.bot_events import BotDecided, Decided, Outcome
from console.conversation.bot_record import BotRecord
from console.conversation.message import Author, Message, Status
from console.conversation.people import Customer, Identity
from console.demo.order_system import OrderSystem, postcode_of
from tests.bot.conftest import Talking, bot_said

NUMBER = Fact("order number", "order.number", "Your order number?", re.compile(r"(?i)\bLF[- ]?\d{4,5}\b"))
ZIP = Fact("zip code", "zip", "And your zip code?", re.compile(r"\b\d{5}\b"))


def told(answer: str, number: Fact = NUMBER, asked: str = "order.number", tool: str = "") -> str:
    """Return the order number that the bot takes from an answer; it had asked for a fact."""
    said = ((Author.CUSTOMER, "where is it? 1234"), (Author.BOT, "Your order number?"), (Author.CUSTOMER, answer))
    messages = tuple(Message(f"m{place}", role, text) for place, (role, text) in enumerate(said, 1))
    record = BotRecord((BotDecided("m1", Decided.ASK, "asks", fact=asked, tool=tool),))
    found = typed(Talk("c", Customer("d"), messages), record, (number, ZIP), frozenset({"order.number", "zip"}))
    return found["order.number"].value if "order.number" in found else ""


@pytest.mark.parametrize(
    "answer",
    [
        "4711",
        "it's 4711",
        "#4711.",
        "no. 4711, thanks",
        "ＬＦ－４７１１",
        "４７１１",
        "ｌｆ 4711",
        "not 4712, 4711",
        "4711\n4711",
    ],
)
def test_a_number_without_its_prefix_or_in_full_width_is_understood_where_it_was_asked_for(answer: str) -> None:
    assert re.sub(r"\W", "", told(answer)).upper() == "LF4711"


@pytest.mark.parametrize(
    "answer",
    [
        "47",
        "471100",
        "£4711",
        "4711 €",
        "4711.50",
        "4711-22",
        "AB4711",
        "4711 or 4712",
        "not 4711",
        "01/02/2026",
        "no idea",
    ],
)
def test_what_cannot_be_one_or_may_be_another_is_not_guessed(answer: str) -> None:
    assert told(answer) == ""


def test_figures_are_no_order_number_where_something_else_was_asked_for() -> None:
    assert told("4711", asked="zip") == ""
    assert told("4711", asked="") == ""


def test_figures_that_may_be_another_fact_asked_for_as_well_are_not_guessed() -> None:
    assert told("47112", tool="identify") == ""
    assert told("4711, 47112", tool="identify") == "LF-4711"


@pytest.mark.parametrize("pattern", [r"\b(?:LF|LK)-\d{4}", r"LF-\d{4}|OR-\d{4}", r"[A-Z]{2}-\d{4}", r"L?\d{4}X"])
def test_where_the_prefix_is_not_plain_nothing_is_put_before_the_figures(pattern: str) -> None:
    assert told("4711", Fact("order number", "order.number", "?", re.compile(pattern))) == ""


async def test_who_types_the_figures_alone_is_matched(talking: Talking) -> None:
    """Both in one message, or one after the other; and the postcode in full width."""
    await talking.open()
    state = await talking.says("where is my order?", f"88213 and {postcode_of('dana-kovel')}")
    assert (state.identity, state.customer.id) == (Identity.MATCHED, "dana-kovel")
    assert "in transit" in bot_said(state)[-1]
    await talking.open(conversation="c2")
    wide = postcode_of("iris-tam").translate({ord(c): ord(c) + 0xFEE0 for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"})
    state = await talking.says("where is my order?", "ＬＦ－８８４０２", wide, conversation="c2")
    assert (state.identity, state.customer.id) == (Identity.MATCHED, "iris-tam")


async def test_figures_that_nobody_asked_for_are_no_order_number(talking: Talking) -> None:
    """They are met with a question, and no look-up."""
    await talking.open("iris-tam")
    state = await talking.says("88402")
    assert (state.status, state.bot.calls) == (Status.BOT, ())
    assert state.bot.decisions[-1].decision is Decided.ASK


async def test_a_number_that_was_not_found_is_sent_again_without_its_prefix(
    talking: Talking, system: OrderSystem
) -> None:
    await talking.open("iris-tam")
    state = await talking.says("send me the invoice for LF-88403 please", "sorry, 88402")
    assert [c.call.outcome for c in state.bot.calls] == [Outcome.NOT_FOUND, Outcome.FOUND]
    assert system.sent == [("iris-tam", "LF-88402")]
