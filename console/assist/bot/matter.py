"""What the customer's newest words are about: a behaviour, and what of it answers them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Final

from console.assist.bot.deeds import asks_for_deed
from console.assist.bot.ports import Read
from console.assist.bot.quoting import Quote, quote
from console.assist.ports import Embed, KnowledgeBase
from console.assist.replies.articles import OutOfPlace
from console.assist.routing import Match, Router
from console.assist.sentences import texts
from console.assist.talk import Talk
from console.assist.vectors import likeness
from console.content.behaviours import Behaviour
from console.content.tools import Tool, ToolKind
from console.conversation.assistance import KnowledgeHit
from console.conversation.message import Author, Layer

CLOSE: Final = 0.04
"""How much stronger an autonomous behaviour must be than one that is worked by people: else it is theirs."""

PATTERN_STRENGTH: Final = 0.85
"""What a matching pattern of a tool is worth beside a cosine, as for behaviours."""

ARTICLES: Final = 5
"""Articles that are looked at for an answer."""

ALONE: Final = 0.72
"""Score of a passage from which it answers words that no behaviour knows."""


TOOL_BESIDE: Final = 0.05
"""Added to a look-up's cosine when it is weighed against a passage's: what is said of one's own order is more."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A tool that the words ask for, and how strongly, 0 to 1."""

    tool: Tool
    strength: float


def newest(talk: Talk) -> Talk:
    """Return the conversation with no more than what the customer wrote since anybody answered."""
    start = len(talk.messages)
    while start and talk.messages[start - 1].role in {Author.CUSTOMER, Author.SYSTEM}:
        start -= 1
    return replace(talk, messages=talk.messages[start:], routing=None)


def allows(behaviour: Behaviour, hit: KnowledgeHit) -> bool:
    """Return whether the bot may answer from this article under a behaviour."""
    return any(fnmatchcase(hit.document, name) for name in behaviour.articles)


def doubtful(matches: Sequence[Match]) -> bool:
    """Return whether the strongest of these is the bot's and one that is worked by people nearly as strong."""
    best = matches[0]
    return best.behaviour.layer is Layer.AUTONOMOUS and any(
        other.behaviour.layer is not Layer.AUTONOMOUS and other.strength > best.strength - CLOSE for other in matches
    )


class Matters:
    """Finds what answers a customer in what a behaviour allows; ``knowledge`` may be missing."""

    def __init__(
        self, router: Router, embed: Embed, knowledge: KnowledgeBase | None, read: Read, out_of_place: OutOfPlace
    ) -> None:
        self._router, self._embed, self._knowledge = router, embed, knowledge
        self._read, self._out_of_place = read, out_of_place

    def matches(self, talk: Talk) -> tuple[Match, ...]:
        """Return the behaviours that the newest words speak for, strongest first."""
        return self._router.matches(newest(talk))

    def tool(self, talk: Talk, behaviour: Behaviour) -> Wanted | None:
        """Return the tool that the newest words ask for most."""
        spoken = [t for m in newest(talk).messages if m.role is Author.CUSTOMER for t in (*texts(m.text), m.text)]
        deed = asks_for_deed(newest(talk).last_customer_text)
        usable = [tool for tool in behaviour.tools if deed or tool.kind is ToolKind.LOOK_UP]
        found = [Wanted(tool, self._strength(tool, spoken)) for tool in usable]
        best = max(found, key=lambda wanted: wanted.strength, default=None)
        return best if best and best.strength >= best.tool.threshold else None

    def quote(self, talk: Talk, behaviour: Behaviour) -> Quote | None:
        """Return the passage of an article, of those that the behaviour allows, that answers the newest words best."""
        if not behaviour.articles:
            return None
        quotes = [self._quoted(talk, hit) for hit in self._hits(talk, behaviour.title) if allows(behaviour, hit)]
        return max((q for q in quotes if q), key=lambda q: q.nearness, default=None)

    def best(self, talk: Talk, behaviour: Behaviour) -> Tool | Quote | None:
        """Return what answers the newest words: a tool or the passage of an article, whichever is nearer to them."""
        asked, found = self.tool(talk, behaviour), self.quote(talk, behaviour)
        beside = TOOL_BESIDE if asked and asked.tool.kind is ToolKind.LOOK_UP else 0.0
        return asked.tool if asked and (found is None or asked.strength + beside >= found.nearness) else found

    def told_by_an_article(self, talk: Talk, behaviours: Sequence[Behaviour]) -> tuple[Behaviour, Quote] | None:
        """Return the bot's behaviour, and a passage, where the article that answers best belongs to it.

        For words that no behaviour was written for; so the passage has to be nearer than where one was.
        """
        hit = next(iter(self._hits(talk, "")), None)
        if hit is None:
            return None
        behaviour = next((b for b in behaviours if b.layer is Layer.AUTONOMOUS and allows(b, hit)), None)
        found = self._quoted(talk, hit) if behaviour is not None else None
        return (behaviour, found) if behaviour and found and found.score >= ALONE else None

    def _hits(self, talk: Talk, topic: str) -> Sequence[KnowledgeHit]:
        """Return the current public articles that bear on the newest words, best first."""
        if self._knowledge is None:
            return ()
        found = self._knowledge.search(talk.messages, ARTICLES, topic)
        return [hit for hit in found if hit.status == "current" and hit.audience == "public"]

    def _quoted(self, talk: Talk, hit: KnowledgeHit) -> Quote | None:
        question = newest(talk).last_customer_text
        return quote(question, hit, self._read(hit.document) or hit.passage, self._embed, self._out_of_place)

    def _strength(self, tool: Tool, spoken: Sequence[str]) -> float:
        if any(pattern.search(text) for pattern in tool.patterns for text in spoken):
            return PATTERN_STRENGTH
        if not tool.examples or not spoken:
            return 0.0
        return float(likeness(self._embed.encode(spoken), self._embed.encode(tool.examples)).max())
