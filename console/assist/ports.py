"""What the assist engine needs from outside, as ports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from console.conversation.assistance import KnowledgeHit
from console.conversation.message import Message

Vectors = NDArray[np.float32]
"""Unit rows, one a text."""


class Embed(Protocol):
    """Sentence embedding. ``knowledge.Embedder`` is one."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (len(texts), dimensions)."""


class KeptArrays(Protocol):
    """Keeps what takes long to work out from one start to the next; losing it costs time and nothing else."""

    def load(self, key: str) -> Mapping[str, NDArray[np.generic]] | None:
        """Return the arrays that were saved under ``key``; ``None`` where there are none, or none that can be read."""

    def save(self, key: str, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        """Keep these arrays under ``key``, in place of those of any other key; that it fails is no fault."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """Whether the published articles answer a question, and the one that comes nearest to it, if there is any."""

    answerable: bool
    hit: KnowledgeHit | None = None


class KnowledgeBase(Protocol):
    """Search over the published articles."""

    def search(self, messages: Sequence[Message], k: int, topic: str = "") -> Sequence[KnowledgeHit]:
        """Return up to ``k`` articles for a conversation, best first; empty where the knowledge base has no answer.

        ``topic`` says in a few words what it is about; it steers the search, and is asked for alone where the
        customer's own words find nothing ("still nothing, this is ridiculous").
        """

    def nearest(self, messages: Sequence[Message]) -> Nearest | None:
        """Return what there is for the question at the end of a conversation; ``None`` where nothing is indexed."""

    @property
    def version(self) -> str:
        """A digest that changes when the articles do."""


@dataclass(frozen=True, slots=True)
class PastReply:
    """What agents said in past moments like this one."""

    templates: tuple[str, ...]
    """Wordings that say the same, the preferred one first, with a slot such as ``{order.due}`` for everything that was
    the past customer's own."""
    case: str
    """Id of the past conversation that is nearest."""
    weight: float
    """Share of the similar moments that went on like this, 0 to 1."""
    likeness: float
    """How much the nearest of them is like this one, 0 to 1."""
    conversations: int
    """In how many past conversations it was said."""
    words: float = 1.0
    """How much what the customer wrote then is like what this one wrote, 0 to 1."""
    evidence: float = 1.0
    """How much the nearest of them is like this one in what there is to compare; what both lack says nothing."""
    fit: float = 1.0
    """How much the reply is about what this customer wrote, at last or at first, 0 to 1."""


@dataclass(frozen=True, slots=True)
class PastSentence:
    """A sentence that agents wrote in past conversations."""

    template: str
    """With a slot for everything that was the past customer's own."""
    weight: float
    """How likely it is to be written next, beside the other sentences."""
    conversations: int
    """In how many conversations it was written."""


@dataclass(frozen=True, slots=True)
class PastOutcome:
    """A past conversation: what its customer came with, what was done, and whether that resolved it."""

    case: str
    matter: str
    """What the customer wrote, personal values as slots; to compare, not to show."""
    vector: Vectors
    """The unit vector of ``matter``, shape (dimensions,)."""
    likeness: float
    """Cosine with the present matter."""
    done: str
    """What was done, in everybody's words; empty where nobody said, or not in such words."""
    resolved: bool
    intent: str = ""
    """The behaviour it was worked under; empty where nobody said."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The recent context of an agent's turn, with personal values as slots; every text may be empty."""

    customer: str
    """What the customer wrote since the last answer."""
    answered: str
    """What the agent or bot said before that."""
    lookup: str
    """Look-up results since the last answer."""
    before: str
    """What the customer wrote before that answer."""
    opening: str
    """The customer's first message."""
    said: tuple[str, ...] = ()
    """What agents wrote so far, as templates, oldest first; no more than the last few."""
    slots: tuple[str, ...] = ()
    """Names of the slots that what is known of this conversation fills, in the order of the alphabet."""


class PastReplies(Protocol):
    """Search over what agents said in past conversations that were resolved."""

    def search(self, moment: Moment, k: int) -> Sequence[PastReply]:
        """Return up to ``k`` different replies, best first; empty where no past moment is like this one."""

    def sentences(self, moment: Moment) -> Sequence[PastSentence]:
        """Return what agents wrote, weighed by how often and by how like its moments are to this one."""

    def similar(self, matter: str, k: int) -> Sequence[PastOutcome]:
        """Return up to ``k`` past conversations whose customers came with something like ``matter``, nearest first.

        Also those that were not resolved; nothing of what was written in those is ever suggested.
        """

    @property
    def version(self) -> str:
        """A digest that changes when conversations are added."""
