"""The inbox as a fold of the log: one row a conversation, cheap to keep for thousands of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation import queue_fold, task_fold
from console.conversation.assistance import ESCALATION_RISK, Mood
from console.conversation.boundary_events import AssistanceAllowed
from console.conversation.generated_events import GENERATED
from console.conversation.hold_out_events import HoldOutAssigned
from console.conversation.message import Author, Layer, Status
from console.conversation.tasks import TaskFact, doing
from console.conversation.triage import Triage, darkened
from console.text import shorten

MOODS_KEPT: Final = 8
"""Mood scores kept for the sparkline."""

CALM_AGAIN: Final = 0.33
"""Risk of escalation below which the warning is taken from the row: what consoles call a low risk."""


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A conversation as one line of the inbox."""

    id: str
    seq: int = 0
    customer: str = ""
    """Id of the customer."""
    name: str = ""
    channel: str = ""
    subject: str = ""
    status: Status = Status.BOT
    agent: str = ""
    agent_name: str = ""
    tier: int = 1
    layer: Layer = Layer.ASSISTED
    intent: str = ""
    value: float = 0.0
    waiting_since: datetime | None = None
    owed_since: datetime | None = None
    """The same, kept while the conversation is closed."""
    updated_at: datetime | None = None
    moods: tuple[float, ...] = ()
    """The last mood scores, oldest first."""
    mood: str = ""
    mood_turn: str = ""
    """The message that the newest score was read from."""
    warned: bool = False
    """Whether the second chair has warned that this may escalate, and the customer is not calm again."""
    last: str = ""
    """The start of the newest message."""
    messages: int = 0
    approvals: int = 0
    """Texts that wait for a lead's decision."""
    assigned: bool = False
    """Whether it was drawn for a group of the hold-out."""
    stakes: str = ""
    """``low``, ``medium`` or ``high``, as the behaviour says; empty until one is known."""
    skills: tuple[str, ...] = ()
    """What the behaviour asks of who takes it."""
    wanted: str = ""
    """The skill that somebody passed it on for; it goes before those of the behaviour."""
    least_tier: int = 0
    """The tier that somebody passed it on to: the behaviours take it no lower."""
    queued_at: datetime | None = None
    """Since when nobody has it; ``None`` where somebody has."""
    handed_at: datetime | None = None
    """When it was last handed over to people."""
    answered: bool = False
    """Whether a person has answered since it was handed over."""
    wake_at: datetime | None = None
    """When a parked one wakes by itself."""
    passed_on: str = ""
    """What whoever passed it on wants the next one to know."""
    asked: tuple[str, ...] = ()
    """Ids of the colleagues who were asked something here and have not answered."""
    called: bool = False
    """Whether the agent has called a lead who has not come yet."""
    triage: Triage = field(default_factory=Triage)
    """What is known of it, as of the newest packet."""
    task_facts: tuple[TaskFact, ...] = ()
    """The facts that the bot asks the customer for; none where no task runs."""
    task_place: int = 1
    """Which of them it is at, from 1."""
    task_of: str = ""
    """Id of the agent whose task it is; empty where the bot asks somebody who waits."""
    task_asked_at: datetime | None = None
    """When the bot last asked."""
    task_back: str = ""
    """Why the bot has come back to the agent, until they have answered; empty where it has not."""

    @property
    def task(self) -> str:
        """What the bot asks the customer for, in words; empty where no task runs."""
        return doing(self.task_facts, self.task_place) if self.task_facts else ""

    @property
    def generated(self) -> bool:
        """Whether it belongs to a generated history and never happened."""
        return self.channel == GENERATED


def apply(row: InboxRow | None, event: e.Event) -> InboxRow | None:  # noqa: PLR0911 - one arm an event
    """Return the row after ``event`` of its conversation; ``None`` for events of the workspace."""
    if event.conversation == e.WORKSPACE:
        return row
    row = row or InboxRow(event.conversation)
    if event.seq <= row.seq:
        return row
    row = replace(row, seq=event.seq)
    match event.data:
        case e.ConversationOpened(channel=channel, customer=customer, subject=subject):
            return replace(
                row,
                channel=channel,
                customer=customer.id,
                name=customer.shown,
                value=customer.value,
                subject=subject,
                updated_at=event.at,
            )
        case e.IdentityChanged(customer=customer):
            return replace(row, customer=customer.id, name=customer.shown, value=customer.value)
        case e.MessageAdded() as message:
            return _with_message(row, message, event.at)
        case e.RoutingChanged(routing=routing):
            row = _dark(row) if routing.layer is Layer.HUMAN_ONLY else row
            return replace(
                row,
                tier=max(routing.tier, row.least_tier),
                layer=routing.layer,
                intent=routing.intent,
                stakes=routing.stakes,
                skills=routing.skills,
            )
        case AssistanceAllowed(allowed=True):
            return replace(row, layer=Layer.ASSISTED)
        case AssistanceAllowed(intent=intent):
            return replace(_dark(row), layer=Layer.HUMAN_ONLY, intent=intent)
        case e.ApprovalRequested():
            return replace(row, approvals=row.approvals + 1)
        case e.ApprovalDecided():
            return replace(row, approvals=max(0, row.approvals - 1))
        case a.AssistanceHidden() | HoldOutAssigned() | a.MoodRead() | a.FlagsRaised() | a.FlagDismissed():
            return _with_feeling(row, event.data)
        case _:
            return _with_status(row, event)


def apply_to(rows: Mapping[str, InboxRow], event: e.Event) -> InboxRow | None:
    """Return the changed row for ``event``, given all rows by conversation id; ``None`` when no row changes."""
    return apply(rows.get(event.conversation), event)


def _with_status(row: InboxRow, event: e.Event) -> InboxRow:  # noqa: PLR0911 - one arm an event
    """The row after somebody took, left, closed or opened the conversation; any other event changes nothing."""
    match event.data:
        case e.HandedOver(tier=tier):
            since = row.waiting_since or event.at
            return replace(
                row,
                status=Status.WAITING,
                tier=max(tier, row.least_tier),
                waiting_since=since,
                owed_since=since,
                updated_at=event.at,
                queued_at=event.at,
                handed_at=event.at,
                answered=False,
            )
        case e.ConversationClaimed(agent=agent, name=name):
            return replace(row, status=Status.ACTIVE, agent=agent, agent_name=name, queued_at=None, wake_at=None)
        case e.ConversationReleased(parked=True, until=until):
            return replace(row, status=Status.PARKED, wake_at=until)
        case e.ConversationReleased():
            return replace(row, status=Status.WAITING, agent="", agent_name="", queued_at=event.at)
        case e.ConversationClosed():
            return replace(
                row, status=Status.CLOSED, waiting_since=None, queued_at=None, called=False, updated_at=event.at
            )
        case e.ConversationReopened():
            owed = None if event.actor.startswith("customer:") else row.owed_since
            return replace(
                row,
                status=Status.ACTIVE if row.agent else Status.WAITING,
                waiting_since=row.waiting_since or owed,
                updated_at=event.at,
                queued_at=None if row.agent else event.at,
            )
        case _:
            return task_fold.row_after(queue_fold.row_after(row, event.data, event.at), event.data, event.at)


def _with_feeling(row: InboxRow, data: e.EventData) -> InboxRow:
    """The row after something was said of how the customer feels; any other event changes nothing."""
    match data:
        case a.AssistanceHidden(hidden=True):
            return _dark(row)
        case HoldOutAssigned(held_out=held_out) if not row.assigned:  # the first alone counts
            return replace(_dark(row) if held_out else row, assigned=True)
        case a.MoodRead(turn=turn, mood=mood):
            return _with_mood(row, turn, mood)
        case a.FlagsRaised(flags=flags):
            return replace(row, warned=row.warned or any(flag.policy == ESCALATION_RISK for flag in flags))
        case a.FlagDismissed(policy=policy):
            return replace(row, warned=row.warned and policy != ESCALATION_RISK)
        case _:
            return row


def _with_mood(row: InboxRow, turn: str, mood: Mood) -> InboxRow:
    """The row after a mood was read; one that is read again is one score. Who is calm again needs no sign."""
    earlier = row.moods[:-1] if row.moods and turn == row.mood_turn else row.moods
    warned = row.warned and mood.escalation_risk >= CALM_AGAIN
    return replace(row, moods=(*earlier, mood.score)[-MOODS_KEPT:], mood=mood.label, mood_turn=turn, warned=warned)


def _dark(row: InboxRow) -> InboxRow:
    """The row once the second chair is silent: nothing of how the customer feels, nothing that was read for them."""
    return replace(row, moods=(), mood="", mood_turn="", warned=False, triage=darkened(row.triage))


def _with_message(row: InboxRow, message: e.MessageAdded, at: datetime) -> InboxRow:
    waiting, owed, status, wake = row.waiting_since, row.owed_since, row.status, row.wake_at
    if message.role is Author.CUSTOMER:
        waiting = owed = waiting or at
        if status is Status.PARKED:
            status, wake = Status.ACTIVE, None
    elif message.role is Author.AGENT:
        waiting = owed = None
    return replace(
        row,
        last=shorten(message.text, 80),
        messages=row.messages + 1,
        updated_at=at,
        waiting_since=waiting,
        owed_since=owed,
        status=status,
        answered=row.answered or message.role is Author.AGENT,
        wake_at=wake,
        task_back="" if message.role is Author.AGENT else row.task_back,
    )
