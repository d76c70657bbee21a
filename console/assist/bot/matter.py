"""What the customer's newest words are about: a behaviour, and what of it answers them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Final

from console.assist.ports import Embed, KnowledgeBase
from console.assist.replies.articles import ArticleReplies, OutOfPlace
from console.assist.replies.candidate import Candidate
from console.assist.routing import Match, Router
from console.assist.sentences import texts
from console.assist.talk import Talk
from console.assist.vectors import likeness
from console.content.behaviours import Behaviour
from console.content.tools import Tool
from console.conversation.message import Author, Layer

CLOSE: Final = 0.04
"""How much stronger an autonomous behaviour must be than one that is worked by people: else it is theirs."""

PATTERN_STRENGTH: Final = 0.85
"""What a matching pattern of a tool is worth beside a cosine, as for behaviours."""

ARTICLES: Final = 5
"""Articles that are looked at for an answer."""


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


def doubtful(matches: Sequence[Match]) -> bool:
    """Return whether the strongest of these is the bot's and one that is worked by people nearly as strong."""
    best = matches[0]
    return best.behaviour.layer is Layer.AUTONOMOUS and any(
        other.behaviour.layer is not Layer.AUTONOMOUS and other.strength > best.strength - CLOSE for other in matches
    )


class Matters:
    """Finds what answers a customer in what a behaviour allows; ``knowledge`` may be missing."""

    def __init__(self, router: Router, embed: Embed, knowledge: KnowledgeBase | None, out_of_place: OutOfPlace) -> None:
        self._router, self._embed, self._knowledge = router, embed, knowledge
        self._quotes = ArticleReplies(embed, out_of_place)

    def matches(self, talk: Talk) -> tuple[Match, ...]:
        """Return the behaviours that the newest words speak for, strongest first."""
        return self._router.matches(newest(talk))

    def tool(self, talk: Talk, behaviour: Behaviour) -> Wanted | None:
        """Return the tool that the newest words ask for most."""
        spoken = [t for m in newest(talk).messages if m.role is Author.CUSTOMER for t in (*texts(m.text), m.text)]
        found = [Wanted(tool, self._strength(tool, spoken)) for tool in behaviour.tools]
        best = max(found, key=lambda wanted: wanted.strength, default=None)
        return best if best and best.strength >= best.tool.threshold else None

    def quote(self, talk: Talk, behaviour: Behaviour) -> Candidate | None:
        """Return the passage of an article, of those that the behaviour allows, that answers the newest words."""
        if self._knowledge is None or not behaviour.articles:
            return None
        found = self._knowledge.search(talk.messages, ARTICLES, behaviour.title)
        allowed = [hit for hit in found if any(fnmatchcase(hit.document, name) for name in behaviour.articles)]
        return next(iter(self._quotes.propose(talk, allowed)), None)

    def _strength(self, tool: Tool, spoken: Sequence[str]) -> float:
        if any(pattern.search(text) for pattern in tool.patterns for text in spoken):
            return PATTERN_STRENGTH
        if not tool.examples or not spoken:
            return 0.0
        return float(likeness(self._embed.encode(spoken), self._embed.encode(tool.examples)).max())
