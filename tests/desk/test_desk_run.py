"""A short run of the bench that plays whole desks: the demo's bot, the queue, and many agents who ask at once."""

from datetime import date
from pathlib import Path

import pytest

from bench.desk_counting import counted
from bench.desk_customers import visits
from bench.desk_run import Equipped, equipped, run
from bench.turn import DEMO
from console.content.customers import load_customers
from console.conversation.bot_events import BotDecided, Decided
from console.conversation.events import ConversationClaimed, Event, EventData, HandedOver, MessageAdded
from console.conversation.message import Author
from console.desk.desk import utc_now


@pytest.fixture(scope="module")
def demo(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Equipped:
    """The demo company's bot and engine."""
    return equipped(tmp_path_factory.mktemp("demo"), models)


async def test_none_is_lost_none_claimed_twice_and_the_order_is_kept(demo: Equipped, tmp_path: Path) -> None:
    """Forty conversations, eight agents with five hands each; the bot keeps some and hands over the others."""
    played = await run(tmp_path, demo, 40, 8)
    done = played.outcome
    assert (done.lost, done.claimed_twice, done.out_of_order, done.spoke_on, done.without_packet) == (0, 0, 0, 0, 0)
    assert 1 <= done.most_held <= 4
    assert 0 < done.answered <= done.kept < 40
    assert len(done.packets) == 40 - done.kept <= len(played.timings.claims)
    assert len(played.timings.screens) >= 40 + len(done.packets)


def _history(*data: EventData) -> list[Event]:
    return [Event(n, "c0", "desk", one, utc_now()) for n, one in enumerate(data, 1)]


def test_the_run_counts_what_goes_wrong() -> None:
    """A conversation that two have, that nobody closed, and in which something else was said."""
    history = _history(
        MessageAdded(Author.CUSTOMER, "what?"),
        HandedOver("asked"),
        MessageAdded(Author.BOT, "and another thing"),
        ConversationClaimed("a", "A"),
        ConversationClaimed("b", "B"),
    )
    done = counted(history, {"c0": ["hello"]})
    assert (done.lost, done.claimed_twice, done.out_of_order, done.spoke_on, done.without_packet) == (1, 1, 1, 1, 1)
    assert (done.kept, done.answered) == (0, 0)


def test_a_customer_whom_nobody_answered_is_lost() -> None:
    """Also one who never got as far as a person."""
    asked, told = MessageAdded(Author.CUSTOMER, "where?"), MessageAdded(Author.BOT, "Here.")
    decided = BotDecided("m1", Decided.ANSWER, "as the system says")
    assert counted(_history(asked), {"c0": ["where?"]}).lost == 1
    helped = counted(_history(asked, told, decided), {"c0": ["where?"]})
    assert (helped.lost, helped.kept, helped.answered) == (0, 1, 1)


def test_every_customer_is_a_person_of_their_own() -> None:
    """With orders of their own, which their words name; else the second would be taken for the first come back."""
    coming = visits(load_customers(DEMO / "customers.jsonl", date(2026, 3, 2)), 900)
    assert len({visit.customer.id for visit in coming}) == 900
    numbers = [order.number for visit in coming for order in visit.customer.orders]
    assert len(set(numbers)) == len(numbers)
    assert not [line for visit in coming for line in visit.lines if "{" in line]
