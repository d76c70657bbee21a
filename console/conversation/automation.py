"""What people ask again and again, how much of it is routine, and what of it a behaviour could take over."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from console.conversation.behaviour_drafts import BehaviourDraft
from console.conversation.shares import NO_CASES, Proportion

WORTH: Final = 0.5
"""Share of a matter's conversations that must be routine, by the lower limit, for it to count as one to automate."""


class Covered(StrEnum):
    """How far the behaviours in force let the bot work a matter by itself."""

    FULL = "full"
    """Eight of ten of its conversations were routed to a behaviour that the bot works."""
    PARTLY = "partly"
    """A behaviour knows it, or the bot works some of it."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Sample:
    """One time that it was asked, in the words of then; personal details are slots."""

    conversation: str
    message: str
    question: str
    at: datetime
    routine: bool
    why: str = ""
    """Why it was no routine."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What agents answered from, and in how many of the conversations."""

    source: str
    """``macro:ID``, ``article:ID`` and so on."""
    conversations: int


@dataclass(frozen=True, slots=True)
class Matter:
    """Conversations that began with questions of one kind."""

    id: str
    question: str
    """The one that stands for all of them."""
    conversations: int
    weekly: float
    """How many begin in a week, on average."""
    share: Proportion
    """Of all conversations, those that are of it."""
    routine: Proportion
    """Of its conversations that people worked, those that were routine."""
    by_bot: int
    """Of its conversations, those that the bot has worked to the end already."""
    covered: Covered
    intent: str
    """The behaviour that most of them were routed to; empty where none knew them."""
    reserved: bool = False
    """Whether most of it is for people alone, or its behaviour says that much is at stake: nothing to automate."""
    answers: tuple[Answered, ...] = ()
    samples: tuple[Sample, ...] = ()

    @property
    def worth(self) -> bool:
        """Whether it counts as one to automate."""
        return not self.reserved and self.routine.low is not None and self.routine.low >= WORTH

    @property
    def routine_words(self) -> str:
        """The routine share as it is shown; where people worked nothing, “none” would say that nothing was routine."""
        return self.routine.words if self.routine.of else "too few (0)"


@dataclass(frozen=True, slots=True)
class Automation:
    """The matters of some weeks: those worth automating first, then by how often they come; those for people last.

    While ``progress`` says how far it is they are those of the newest conversations alone, or none yet.
    """

    weeks: int = 0
    conversations: int = 0
    """Conversations that began with a question."""
    routine: Proportion = NO_CASES
    """Of all of these, routine ones that people worked in matters worth automating: what could be automated at most."""
    matters: tuple[Matter, ...] = ()
    generated: int = 0
    left_out: int = 0
    """Conversations older than the newest that are looked at."""
    drafts: tuple[BehaviourDraft, ...] = ()
    publishes: bool = False
    """Whether who asks may publish a draft and take a decision back: designers and admins may."""
    wrong: tuple[Sample, ...] = ()
    """What conversations came with that a draft would have taken wrongly; erased ones are left out."""
    progress: str = ""

    @property
    def early(self) -> bool:
        """Whether it is of the newest conversations alone, while the others are read."""
        return bool(self.progress and self.conversations)


@dataclass(frozen=True, slots=True)
class DraftBehaviour:
    """Draft a behaviour for a matter of the last weeks."""

    matter: str
    weeks: int


@dataclass(frozen=True, slots=True)
class ProposedBehaviours:
    """The draft behaviours, those that wait first, then the newest."""

    drafts: tuple[BehaviourDraft, ...]


@dataclass(frozen=True, slots=True)
class EditBehaviour:
    """Change a draft behaviour; ``seen`` is the ``seq`` of the state that was changed."""

    text: str
    seen: int


@dataclass(frozen=True, slots=True)
class ApproveBehaviour:
    """Publish a draft behaviour as it was ``seen``."""

    seen: int


@dataclass(frozen=True, slots=True)
class RejectBehaviour:
    """Decide against a draft behaviour."""

    reason: str
    seen: int
