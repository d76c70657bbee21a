"""An article that a lead retires is no answer of the bot's from the next message on."""

from collections.abc import Mapping
from pathlib import Path

from console.assist.bot.making import mind_of
from console.assist.engine import Engine
from console.assist.vectors import VectorCache
from console.content.library import Library
from console.conversation.people import Customer
from console.conversation.state import Conversation
from console.demo.order_system import OrderSystem
from console.server.articles import Articles
from console.store import SqlEventLog
from knowledge import Embedder, KnowledgeIndex
from tests.bot.conftest import CONTENT, Talking, new_desk
from tests.bot.tools import DirectTools
from tests.desks import MARTA, Clock

QUESTION = "what are your opening hours?"
ARTICLE = "company/opening-hours.md"


def cited(state: Conversation) -> set[str]:
    """Return the sources of what the bot wrote."""
    return {source.id for sources in state.bot.cited.values() for source in sources}


async def test_the_bot_answers_nothing_from_an_article_that_was_retired_a_moment_ago(
    real_log: SqlEventLog,
    clock: Clock,
    system: OrderSystem,
    customers: Mapping[str, Customer],
    library: Library,
    embedder: Embedder,
    tmp_path: Path,
) -> None:
    """And does again from the moment it is brought back."""
    desk = new_desk(real_log, clock, DirectTools(system), 15.0, **dict(customers))
    await desk.start({})
    index = KnowledgeIndex(tmp_path, embedder)
    index.update_from(CONTENT / "articles")
    articles, embed = Articles(index, desk.retiring.names), VectorCache(embedder)
    mind = mind_of(library, Engine(library, embed, articles), embed, articles, articles.text)
    desk.bot.ready(mind)
    talking = Talking(desk, customers, mind)
    try:
        await talking.open("dana-kovel", "c1")
        assert ARTICLE in cited(await talking.says(QUESTION, conversation="c1"))
        await desk.retiring.retire(MARTA, f"article:{ARTICLE}")
        await talking.open("dana-kovel", "c2")
        assert ARTICLE not in cited(await talking.says(QUESTION, conversation="c2"))
        await desk.retiring.bring_back(MARTA, f"article:{ARTICLE}")
        await talking.open("dana-kovel", "c3")
        assert ARTICLE in cited(await talking.says(QUESTION, conversation="c3"))
    finally:
        await desk.stop()
