"""The events of the log: what happened, as data.

State, screens, reports and learning are folds of these. An event's kind is its class name in kebab-case
(``MessageAdded`` is ``message-added``); adding a field with a default is safe, renaming one is a migration.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from console.conversation.assist_events import (
    AssistanceHidden,
    AssistanceWithheld,
    FlagDismissed,
    FlagsRaised,
    KnowledgeFound,
    LlmCalled,
    MoodRead,
    NextStepProposed,
    QuestionUnanswered,
    RepliesRestored,
    RepliesSuggested,
    SuggestionDecided,
    SuggestionRated,
    SuggestionsShown,
    SummaryCorrected,
    SummaryUpdated,
    WarningPassed,
)
from console.conversation.assistance import Citation, Flag, Routing
from console.conversation.attachments import Attachment
from console.conversation.behaviour_draft_events import (
    BehaviourApproved,
    BehaviourDrafted,
    BehaviourEdited,
    BehaviourRejected,
    BehaviourReopened,
)
from console.conversation.bot_events import BotDecided, ToolCalled
from console.conversation.boundary_events import AssistanceAllowed, BotAnswerMarked
from console.conversation.channel_events import MessagesRead, MessageWithdrawn
from console.conversation.codec import decode, encode
from console.conversation.content_events import ContentPublished, ContentRefused
from console.conversation.draft_events import (
    ArticleDrafted,
    DraftApproved,
    DraftEdited,
    DraftRejected,
    DraftReopened,
)
from console.conversation.erasure_events import ConversationsErased, EventsExpired
from console.conversation.escalation_events import EscalationJudged, ThresholdChanged, ThresholdRestored
from console.conversation.gap_events import GapBroughtBack, GapPutAside
from console.conversation.generated_events import GENERATED, HistoryBegun, HistoryWritten, WeeksPassed
from console.conversation.handover import Trigger
from console.conversation.hold_out_events import HoldOutAssigned
from console.conversation.message import Author
from console.conversation.packet_events import PacketPrepared
from console.conversation.people import Customer, Identity
from console.conversation.practice_events import PracticeEvent
from console.conversation.presence_events import PresenceChanged
from console.conversation.quality_events import QualityMarked, QualityScored, RescoringAsked
from console.conversation.queue_events import (
    AsideWritten,
    ConversationReturned,
    ConversationTransferred,
    ConversationWoken,
    LeadCalled,
    OutOfHoursTold,
    PlaceTold,
    WatchBegun,
    WatchEnded,
)
from console.conversation.ranker_events import RankerPublished, RankerTrained
from console.conversation.retire_events import SourceBroughtBack, SourceRetired
from console.conversation.review_events import ChangeMarked, ChangeUnmarked, FlagJudged, PromiseJudged, SuggestionJudged
from console.conversation.satisfaction_events import CsatGiven
from console.conversation.scenario_draft_events import ScenarioDraftEvent
from console.conversation.sign_in_events import SignInEvent
from console.conversation.task_events import TaskAnswered, TaskAsked, TaskDelegated, TaskEnded
from console.conversation.wrap_up_events import FollowUpTicked, WrappedUp

WORKSPACE: Final = ""
"""The conversation id of events that concern the whole workspace."""


@dataclass(frozen=True, slots=True)
class ConversationOpened:
    """A customer began a conversation on a channel."""

    channel: str
    customer: Customer
    subject: str = ""
    address: str = ""
    """Where the channel reaches them: a room, a conversation of another system; empty where it needs none."""


@dataclass(frozen=True, slots=True)
class IdentityChanged:
    """The desk learned who the customer is, or how sure it is of it."""

    level: Identity
    customer: Customer


@dataclass(frozen=True, slots=True)
class MessageAdded:
    """Somebody wrote. The message's id follows from its place in the conversation."""

    role: Author
    text: str
    author: str = ""
    suggestion: str = ""
    written_at: datetime | None = None
    """When the channel says it was written; the event's own time is when the desk took it in."""
    approval: str = ""
    """The lead's approval that let it out; it holds for this one message."""
    sources: tuple[Citation, ...] = ()
    """What a message of the bot rests on."""
    attachments: tuple[Attachment, ...] = ()
    edits: str = ""
    """The earlier message that this one puts right, as the customer edited it; empty for a new one."""


@dataclass(frozen=True, slots=True)
class MessageDelivered:
    """The channel took an agent's or the bot's message."""

    message: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class NoteAdded:
    """An internal note; the customer never sees it."""

    text: str
    author: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The bot, or nobody, gave the conversation to people."""

    reason: str
    tier: int = 1
    triggers: tuple[Trigger, ...] = ()
    """What made the bot hand over, the weightiest first; none where a channel brought it to people at once."""


@dataclass(frozen=True, slots=True)
class RoutingChanged:
    """The behaviours put the conversation into a layer and tier."""

    routing: Routing
    behaviours: str = ""
    """Version of the published behaviours."""


@dataclass(frozen=True, slots=True)
class ConversationClaimed:
    """An agent took the conversation."""

    agent: str
    name: str


@dataclass(frozen=True, slots=True)
class ConversationReleased:
    """The agent gave it back to the queue, or parked it until the customer writes."""

    parked: bool
    reason: str = ""
    until: datetime | None = None
    """When a parked one wakes though the customer has not written; ``None`` where it waits for them alone."""


@dataclass(frozen=True, slots=True)
class ConversationClosed:
    """The conversation ended."""

    disposition: str
    resolved: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class ConversationReopened:
    """It goes on after all."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalRequested:
    """The agent asks a lead to approve a text that a policy blocks."""

    approval: str
    text: str
    flags: tuple[Flag, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalDecided:
    """A lead decided on a text; an approval holds for that text only."""

    approval: str
    approved: bool
    reason: str = ""


EventData = (
    ConversationOpened
    | IdentityChanged
    | MessageAdded
    | MessageDelivered
    | MessagesRead
    | MessageWithdrawn
    | NoteAdded
    | HandedOver
    | PacketPrepared
    | RoutingChanged
    | ConversationClaimed
    | ConversationReleased
    | WrappedUp
    | FollowUpTicked
    | ConversationClosed
    | ConversationReopened
    | CsatGiven
    | SummaryUpdated
    | SummaryCorrected
    | RepliesSuggested
    | KnowledgeFound
    | NextStepProposed
    | QuestionUnanswered
    | FlagsRaised
    | MoodRead
    | BotDecided
    | ToolCalled
    | AssistanceWithheld
    | LlmCalled
    | AssistanceHidden
    | HoldOutAssigned
    | RepliesRestored
    | SuggestionsShown
    | SuggestionDecided
    | SuggestionRated
    | FlagDismissed
    | WarningPassed
    | ApprovalRequested
    | ApprovalDecided
    | ArticleDrafted
    | DraftEdited
    | DraftApproved
    | DraftRejected
    | DraftReopened
    | BehaviourDrafted
    | BehaviourEdited
    | BehaviourApproved
    | BehaviourRejected
    | BehaviourReopened
    | ScenarioDraftEvent
    | GapPutAside
    | GapBroughtBack
    | AssistanceAllowed
    | BotAnswerMarked
    | ConversationTransferred
    | ConversationReturned
    | ConversationWoken
    | PlaceTold
    | OutOfHoursTold
    | AsideWritten
    | LeadCalled
    | WatchBegun
    | WatchEnded
    | TaskDelegated
    | TaskAsked
    | TaskAnswered
    | TaskEnded
    | PresenceChanged
    | ContentPublished
    | ContentRefused
    | RankerTrained
    | RankerPublished
    | SuggestionJudged
    | FlagJudged
    | PromiseJudged
    | ChangeMarked
    | ChangeUnmarked
    | EscalationJudged
    | ThresholdChanged
    | ThresholdRestored
    | QualityScored
    | QualityMarked
    | RescoringAsked
    | SourceRetired
    | SourceBroughtBack
    | ConversationsErased
    | EventsExpired
    | SignInEvent
    | HistoryBegun
    | HistoryWritten
    | WeeksPassed
    | PracticeEvent
)


def _kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


KINDS: Final[Mapping[str, type[EventData]]] = {_kebab(kind.__name__): kind for kind in EventData.__args__}
"""Every event class by its kind."""

_KIND_OF: Final = {kind: name for name, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to append; a non-empty ``external_id`` is unique in the log for its ``channel``."""

    conversation: str
    actor: str
    """``customer:ID``, ``agent:ID``, ``bot``, ``assist`` or ``desk``."""
    data: EventData
    at: datetime
    channel: str = ""
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """An event of the log; ``seq`` counts from 1 without gaps over the whole workspace."""

    seq: int
    conversation: str
    actor: str
    data: EventData
    at: datetime
    channel: str = ""
    external_id: str = ""

    @property
    def kind(self) -> str:
        """The kebab-case kind of the event."""
        return kind_of(self.data)

    @property
    def generated(self) -> bool:
        """Whether it belongs to a generated history and never happened."""
        return self.channel == GENERATED


def kind_of(data: EventData) -> str:
    """Return the kind of an event's data."""
    return _KIND_OF[type(data)]


def event_to_json(event: Event) -> dict[str, Any]:
    """Return an event as JSON types: the envelope, ``kind`` and ``data``."""
    return {
        "seq": event.seq,
        "conversation": event.conversation,
        "kind": event.kind,
        "actor": event.actor,
        "at": event.at.isoformat(),
        "channel": event.channel,
        "external_id": event.external_id,
        "data": encode(event.data),
    }


def event_from_json(row: Mapping[str, Any]) -> Event | None:
    """Return the event that :func:`event_to_json` wrote; ``None`` for one whose payload was erased."""
    data = row["data"]
    if data is None:
        return None
    return Event(
        seq=row["seq"],
        conversation=row["conversation"],
        actor=row["actor"],
        data=decode(KINDS[row["kind"]], data),
        at=datetime.fromisoformat(row["at"]),
        channel=row["channel"],
        external_id=row["external_id"],
    )
