"""The bot's mind over what the assist engine has loaded already."""

from console.assist.bot.checking import Checker
from console.assist.bot.matter import Matters
from console.assist.bot.mind import Mind
from console.assist.bot.ports import Read
from console.assist.bot.whole import Whole
from console.assist.engine import Engine
from console.assist.ports import Embed, KnowledgeBase
from console.content.library import Library


def mind_of(
    library: Library,
    engine: Engine,
    embed: Embed,
    knowledge: KnowledgeBase | None,
    read: Read,
) -> Mind:
    """Return the mind that decides by ``library`` with the engine's own routing, watches and triggers."""
    matters = Matters(engine.router, embed, knowledge, read, engine.watch.instructions)
    return Mind(
        library, engine.router, matters, Whole(library.behaviours, embed), Checker(engine.watch), engine.triggers
    )
