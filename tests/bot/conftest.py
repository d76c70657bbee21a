"""The demo company's bot over the real model and articles, on a real desk with a real log."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import pytest_asyncio

from console.assist.bot.making import mind_of
from console.assist.bot.mind import Mind
from console.assist.bot.ports import Tools
from console.assist.engine import Engine
from console.assist.vectors import VectorCache
from console.content.customers import load_customers
from console.content.library import Library
from console.content.loader import load_library
from console.conversation.message import Author
from console.conversation.people import Customer, Identity
from console.conversation.state import Conversation
from console.demo.order_system import OrderSystem, order_system
from console.desk.bot import BotTerms
from console.desk.desk import Desk
from console.desk.intake import Incoming
from console.server.articles import Articles
from console.store import SqlEventLog
from knowledge import Embedder, KnowledgeIndex
from tests.bot.tools import DirectTools
from tests.desks import Chair, Clock

CONTENT = Path(__file__).parents[2] / "console" / "demo" / "content"
TODAY = date(2026, 3, 2)
"""A Monday, as the tests' clock has it."""


@pytest.fixture(scope="session")
def customers() -> Mapping[str, Customer]:
    """The demo company's customers."""
    return load_customers(CONTENT / "customers.jsonl", TODAY)


@cache
def demo_library() -> Library:
    """Return the demo company's content; a process reads it once, for all folders of tests."""
    return load_library(CONTENT)


@cache
def demo_mind(embedder: Embedder, folder: Path) -> Mind:
    """Return the demo company's bot; a process makes it once for an index in ``folder``, for all folders of tests."""
    library, index, embed = demo_library(), KnowledgeIndex(folder, embedder), VectorCache(embedder)
    index.update_from(CONTENT / "articles")
    articles = Articles(index)
    return mind_of(library, Engine(library, embed, articles), embed, articles, articles.text)


@pytest.fixture(scope="session")
def library() -> Library:
    """The demo company's content."""
    return demo_library()


@pytest.fixture(scope="session")
def mind(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Mind:
    """The demo company's bot."""
    return demo_mind(embedder, tmp_path_factory.getbasetemp() / "demo-articles")


@pytest.fixture
def system(customers: Mapping[str, Customer]) -> OrderSystem:
    """The demo company's order system."""
    return order_system(customers, TODAY)


@dataclass
class Talking:
    """A desk whose bot talks to customers."""

    desk: Desk
    customers: Mapping[str, Customer]
    mind: Mind

    async def open(self, who: str = "", conversation: str = "c1") -> None:
        """Let a customer come: signed in, or nobody knows who."""
        known = self.customers.get(who)
        level = Identity.VERIFIED if known else Identity.ANONYMOUS
        customer = known or Customer(f"visitor-{conversation}")
        await self.desk.intake.open("test", customer, conversation=conversation, level=level)

    async def says(self, *texts: str, conversation: str = "c1") -> Conversation:
        """Let the customer write, each time once the bot is done; return what became of it."""
        for text in texts:
            await self.desk.intake.receive(conversation, Incoming(Author.CUSTOMER, text))
            await self.desk.bot.settled(conversation)
        return await self.desk.live.state(conversation)


def new_desk(log: SqlEventLog, clock: Clock, tools: Tools | None, seconds: float = 15.0, **records: Customer) -> Desk:
    """Return a desk that opens with its bot; whoever asks starts and stops it."""
    terms = BotTerms("Larkfell", records.get, opens=True, seconds=seconds)
    return Desk(log, Chair(), now=clock, tools=tools, bot=terms)


@pytest_asyncio.fixture
async def talking(
    real_log: SqlEventLog, clock: Clock, mind: Mind, system: OrderSystem, customers: Mapping[str, Customer]
) -> AsyncIterator[Talking]:
    """The demo's bot at work with the demo's order system."""
    desk = new_desk(real_log, clock, DirectTools(system), **customers)
    await desk.start({})
    desk.bot.ready(mind)
    yield Talking(desk, customers, mind)
    await desk.stop()


def bot_said(state: Conversation) -> list[str]:
    """Return what the bot wrote."""
    return [m.text for m in state.messages if m.role is Author.BOT]
