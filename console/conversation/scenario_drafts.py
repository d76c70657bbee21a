"""Draft practice scenarios as a fold of their events, and what is told and asked of them."""

from collections.abc import MutableMapping
from dataclasses import dataclass, replace
from datetime import datetime

from console.conversation import events as e
from console.conversation.drafts import DraftStatus
from console.conversation.scenario_draft_events import (
    Marked,
    ScenarioApproved,
    ScenarioDrafted,
    ScenarioEdited,
    ScenarioRejected,
)


@dataclass(frozen=True, slots=True)
class ScenarioDraft:
    """A draft scenario; nobody plays it before a trainer approves it."""

    id: str
    scenario: str
    text: str
    conversation: str
    marked: tuple[Marked, ...]
    by_name: str
    at: datetime
    seq: int
    status: DraftStatus = DraftStatus.OPEN
    decided_by: str = ""
    reason: str = ""
    file: str = ""
    digest: str = ""
    changed_by: str = ""
    """Who changed the text last, if anybody."""


@dataclass(frozen=True, slots=True)
class ScenarioDrafts:
    """All drafts, open ones first."""

    drafts: tuple[ScenarioDraft, ...]
    again: tuple[str, ...] = ()
    """Scenarios whose conversation was erased since they were approved: somebody has to look at them again."""


@dataclass(frozen=True, slots=True)
class ResolutionTried:
    """Whether a resolution was reached when the scenario was played through, and what blocks it."""

    id: str
    title: str
    reached: bool
    blocks: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioCheck:
    """What a scenario's file, and playing it through, has shown."""

    problem: str = ""
    """What is wrong with the file, with its line; then it was not played."""
    won: bool = False
    lost: bool = False
    why: str = ""
    """What keeps a good agent from winning; beside ``won``, what was not played through."""
    resolutions: tuple[ResolutionTried, ...] = ()
    unwritten: str = ""
    """What a person still has to write before it is approved, in words; empty where nothing is left."""

    @property
    def playable(self) -> bool:
        """Whether it can be both won and lost."""
        return self.won and self.lost


@dataclass(frozen=True, slots=True)
class MakeScenario:
    """Draft a scenario from a conversation that is closed."""

    conversation: str


@dataclass(frozen=True, slots=True)
class EditScenario:
    """Change a draft scenario; ``seen`` is the ``seq`` of the state that was changed."""

    text: str
    seen: int


@dataclass(frozen=True, slots=True)
class DecideScenario:
    """Approve a draft scenario as it was ``seen``, or decide against it with a ``reason``."""

    seen: int
    reason: str = ""


def take(drafts: MutableMapping[str, ScenarioDraft], event: e.Event) -> None:
    """Take an event into the drafts by id; one that is no draft's, or was taken in already, changes nothing."""
    data = event.data
    known = drafts.get(getattr(data, "draft", ""))
    if isinstance(data, ScenarioDrafted):
        if known is None or known.status is DraftStatus.REJECTED:
            drafts[data.draft] = ScenarioDraft(
                data.draft, data.scenario, data.text, data.conversation, data.marked, data.name, event.at, event.seq
            )
        return
    if known is None or event.seq <= known.seq:
        return
    match data:
        case ScenarioEdited(text=text, name=name):
            known = replace(known, text=text, changed_by=name)
        case ScenarioApproved(file=file, digest=digest, name=name):
            known = replace(known, status=DraftStatus.APPROVED, file=file, digest=digest, decided_by=name)
        case ScenarioRejected(reason=reason, name=name):
            known = replace(known, status=DraftStatus.REJECTED, reason=reason, decided_by=name)
        case _:
            return
    drafts[known.id] = replace(known, seq=event.seq)
