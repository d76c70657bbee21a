"""A practice scenario: who the customer is, what they want and know, and what would settle it.

Nothing that a simulated customer says of the matter is made up: facts, wishes and answers stand in the scenario; words
of feeling come from :mod:`console.practice.phrases`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from console.conversation.message import Author
from console.conversation.people import Customer
from console.conversation.practice_events import PlantKind
from console.practice.phrases import Cue, Manner

SURE: Final = 1.0
"""The most that patience and trust can be; 0 is the least."""


UNWRITTEN: Final = "Say here what it teaches."
"""What stands in the notes of a draft until a person has written it; no agent is shown it."""


class Difficulty(StrEnum):
    """How much a scenario asks of an agent."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Drill(StrEnum):
    """What a scenario drills, beside what is said."""

    TAKE_OVER = "take-over"
    """When to take over: the session begins while the bot still talks with the customer."""
    PASS_ON = "pass-on"  # noqa: S105 - no password
    """To pass it on, where to, and with what."""
    HUMAN_ONLY = "human-only"
    """To go on without assistance, before anything is answered."""


class Does(StrEnum):
    """A deed that settles a case for the agent."""

    TRANSFER = "transfer"
    LEAD = "lead"


class Told(StrEnum):
    """When the customer tells a fact."""

    FIRST = "first"
    """It stands in what they have written already."""
    ASKED = "asked"
    """When they are asked for it."""
    EARNED = "earned"
    """When they are asked for it and trust the agent enough."""


@dataclass(frozen=True, slots=True)
class Line:
    """A message of the part before the agent came, ``after`` seconds after the one before."""

    role: Author
    text: str
    after: float = 20.0


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that the customer knows and the agent may need."""

    id: str
    about: str
    """What it is, as the debrief names it: ``by when the boots are needed``."""
    says: tuple[str, ...]
    """How they tell it, each a whole answer."""
    asked: tuple[str, ...]
    """Questions that ask for it, as examples of their meaning."""
    told: Told = Told.ASKED
    trust: float = 0.0
    """From how much trust on an earned one is told, 0 to 1."""
    wrong: str = ""
    """What they say first instead, being mistaken; they put it right once the agent reads it back."""
    missing: str = ""
    """What they say to an offer that is no use before the agent knows this."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """One way in which it may end, if the agent offers it."""

    id: str
    title: str
    offered: tuple[str, ...]
    """Sentences that offer it, as examples of their meaning."""
    accepts: tuple[str, ...]
    needs: tuple[str, ...] = ()
    """Facts that the agent must know before it is any use: the customer has told them, and told them right."""
    trust: float = 0.0
    """From how much trust on the customer takes it, 0 to 1."""
    allowed: bool = True
    """Whether the company allows it; one that is not pleases the customer and loses the agent the session."""
    only_with: tuple[str, ...] = ()
    """Beginnings of words of which one has to stand in the message: ``lead`` where it is about asking one."""
    not_with: tuple[str, ...] = ()
    """Beginnings of words of which none may stand in the sentence."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What the agent has to do rather than say: pass it on, or call a lead."""

    title: str
    does: Does = Does.TRANSFER
    to: tuple[str, ...] = ()
    """Where to, any of these: a skill, or ``tier 3``."""
    needs: tuple[str, ...] = ()
    """Facts that the agent should know before."""
    hands_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What the note has to say, by its name, and words of which one says it."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that the agent must say, or must not."""

    id: str
    title: str
    said: tuple[str, ...]
    """Sentences that say it, as examples of their meaning."""
    trust: float = 0.0
    """What it does to the customer's trust the first time, -1 to 1."""
    answer: str = ""
    """What the customer says to it the first time."""
    only_with: tuple[str, ...] = ()
    """As for a resolution."""
    not_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Interruption:
    """Something that the customer brings up by themselves behind their answer to the agent's so-manieth message."""

    turn: int
    say: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plant:
    """A suggestion that is wrong on purpose, where a session is played with such: what the author wants to be seen."""

    text: str
    kind: PlantKind
    why: str
    """What is wrong with it, as the debrief tells."""
    right: str = ""
    """What would be right."""
    words: str = ""
    """What in it is wrong, as it stands there; empty for all of it."""
    turn: int | None = None
    """After how many messages of the agent it is suggested: 0 for the first suggestions; or ``when``."""
    when: tuple[str, ...] = ()
    """Beginnings of words: it is suggested when the customer first writes one of them."""


@dataclass(frozen=True, slots=True)
class Persona:
    """What the customer is like."""

    manner: Manner = Manner.PLAIN
    patience: float = 0.6
    """At the beginning, 0 to 1; at 0 they leave."""
    trust: float = 0.3
    """At the beginning, 0 to 1."""
    waits: float = 90.0
    """Seconds without an answer that they take calmly."""
    typos: float = 0.0
    """Share of words in which a letter goes wrong."""
    bursts: float = 0.2
    """Chance that an answer of several sentences comes as several messages."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One practice case."""

    id: str
    title: str
    customer: Customer
    begins: tuple[str, ...]
    """What they say to the agent first."""
    wants: tuple[str, ...]
    """How they say what they are here for."""
    facts: tuple[Fact, ...]
    resolutions: tuple[Resolution, ...]
    before: tuple[Line, ...] = ()
    persona: Persona = field(default_factory=Persona)
    difficulty: Difficulty = Difficulty.MEDIUM
    skills: tuple[str, ...] = ()
    intent: str = ""
    subject: str = ""
    reason: str = ""
    """Why it was handed over."""
    tier: int = 1
    minutes_ago: float = 10.0
    notes: str = ""
    """For the trainer, and for the debrief: what this scenario teaches."""
    musts: tuple[Duty, ...] = ()
    must_nots: tuple[Duty, ...] = ()
    interruptions: tuple[Interruption, ...] = ()
    plants: tuple[Plant, ...] = ()
    drill: Drill | None = None
    right_from: int = 0
    """After how many messages the deed is right: of the conversation where the agent takes over, else of theirs."""
    right_until: int | None = None
    """After how many at the most; ``None`` for any."""
    deed: Deed | None = None
    version: str = ""
    """A digest of its file; another one once anything in it is changed."""
    own_words: Mapping[Cue, tuple[str, ...]] = field(default_factory=dict)
    """What this customer says instead of the phrases of their manner."""

    @property
    def opening(self) -> int:
        """How many messages stand there when the agent comes; 0 where they are said line by line before their eyes."""
        return 0 if self.drill is Drill.TAKE_OVER else len(self.before)

    def fact(self, name: str) -> Fact:
        """Return the fact of this id; raises :class:`KeyError` where there is none."""
        return next(fact for fact in self.facts if fact.id == name)
