"""Short ways of writing conversations, content and doubles for the assist tests."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from console.assist.ports import Nearest, Vectors
from console.assist.talk import Talk
from console.content.behaviours import Behaviour, Fact, Stakes
from console.content.conditions import Condition
from console.content.library import Library
from console.content.macros import Macro
from console.content.policies import Policy, Trigger, Watched
from console.conversation.assistance import KnowledgeHit, Severity
from console.conversation.message import Author, Layer, Message
from console.conversation.people import Customer, Order

DANA = Customer(
    "dana-kovel",
    "Dana Kovel",
    "Dana",
    "dana.kovel@example.com",
    "07700 900143",
    value=1240.5,
    orders=(
        Order(
            "LF-88213", "Fellwalker boots, size 43", "2026-11-04", "2026-11-10", "£164.00", "in transit", "Northpost"
        ),
    ),
)

ROLES = {"c": Author.CUSTOMER, "a": Author.AGENT, "b": Author.BOT, "s": Author.SYSTEM}


def messages(*lines: str) -> tuple[Message, ...]:
    """Return messages from lines such as ``c: where is it?`` (customer, agent, bot, system)."""
    return tuple(Message(f"m{place}", ROLES[line[0]], line[2:].strip()) for place, line in enumerate(lines, 1))


def talk(*lines: str, customer: Customer = DANA, agent: str = "Robin Ashdale") -> Talk:
    """Return a conversation of :func:`messages`."""
    return Talk("c1", customer, messages(*lines), agent)


def policy(
    name: str, *on: Watched, severity: Severity = Severity.WARN, when: tuple[Condition, ...] = (), **trigger: object
) -> Policy:
    """Return a policy with one trigger."""
    return Policy(
        name, name.title(), "§1", severity, on, "The clause.", "Do this instead.", (Trigger(**trigger),), when
    )  # type: ignore[arg-type]


LATE = Behaviour(
    "lost-parcel",
    "Parcel lost",
    Layer.ASSISTED,
    2,
    Stakes.MEDIUM,
    examples=("my parcel is lost", "my boots never arrived", "the tracking has not moved for days"),
    collect=(Fact("order number", "order.number", "Your order number?", re.compile(r"\bLF-\d{5}\b")),),
)
INJURY = Behaviour(
    "injury",
    "Somebody is hurt",
    Layer.HUMAN_ONLY,
    3,
    Stakes.HIGH,
    patterns=(re.compile(r"(?i)\bburn(?:ed|t)\b"),),
    priority=95,
)
HOURS = Behaviour(
    "opening-hours",
    "Opening hours",
    Layer.AUTONOMOUS,
    1,
    Stakes.LOW,
    examples=("when do you open", "what are your opening hours"),
)

RESHIP = Macro(
    "reship",
    "Offer to reship",
    "I'm sorry, {customer.first_name}. Order {order.number} was due on {order.due}. "
    "I can send another by express today.",
    ("lost-parcel",),
    ("my parcel has not arrived", "still nothing, where are my boots"),
)
NEEDS_FACT = Macro(
    "needs-fact", "Needs a fact", "Your repair {fact.repair.number} is ready.", (), ("where are my boots",)
)

REFUND = policy(
    "refund-limit",
    Watched.DRAFT,
    severity=Severity.BLOCK,
    pattern=re.compile(r"(?i)\brefund"),
    amount_over=100.0,
    unless=re.compile(r"(?i)lead has approved"),
)
PROMISE = policy(
    "delivery-promise", Watched.DRAFT, Watched.BOT, examples=("It will definitely be there by Friday.",), threshold=0.6
)
LEAVING = policy(
    "leaving",
    Watched.CUSTOMER,
    pattern=re.compile(r"(?i)close my account"),
    when=(Condition("value", ">=", 1000),),
)

LIBRARY = Library(
    (REFUND, PROMISE, LEAVING), (RESHIP, NEEDS_FACT), (LATE, INJURY, HOURS), "Larkfell", versions={"macros": "v1"}
)


@dataclass
class BagOfWords:
    """A stand-in for the model: texts with the same words are alike. It counts what it is asked to embed."""

    asked: list[str] = field(default_factory=list)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit rows of hashed words."""
        self.asked.extend(texts)
        rows = np.zeros((len(texts), 256), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                row[zlib.crc32(word.encode()) % 256] += 1.0
            row[0] += 1e-3
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@dataclass
class Shelf:
    """A knowledge base that always finds the same articles."""

    hits: tuple[KnowledgeHit, ...] = ()
    version: str = "k1"

    def search(self, messages: Sequence[Message], k: int, topic: str = "") -> Sequence[KnowledgeHit]:
        """Return the articles."""
        return self.hits[:k]

    def nearest(self, messages: Sequence[Message]) -> Nearest:
        """Return the first article as an answer to everything."""
        return Nearest(answerable=bool(self.hits), hit=next(iter(self.hits), None))
