"""A conversation as the fold of its events. The server and the console run the same fold."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import singledispatchmethod

from console.conversation import assist_events as a
from console.conversation import assist_fold, quality_fold, queue_fold, task_fold, wrap_up_fold
from console.conversation import boundary_events as b
from console.conversation import events as e
from console.conversation.assistance import (
    Decision,
    Flag,
    KnowledgeHit,
    Mood,
    NextStep,
    Routing,
    Suggestion,
    SummaryLine,
)
from console.conversation.bot_events import BotDecided, ToolCalled
from console.conversation.bot_record import BotRecord, after, citing
from console.conversation.boundary import BotMark, Boundary, rerouted
from console.conversation.channel_events import Contact, MessagesRead, MessageWithdrawn
from console.conversation.corrections import Correction
from console.conversation.generated_events import GENERATED
from console.conversation.handover import Trigger
from console.conversation.hold_out_events import HoldOutAssigned
from console.conversation.message import Author, Layer, Message, Status
from console.conversation.packet import Packet, darkened, without_opening
from console.conversation.packet_events import PacketPrepared
from console.conversation.people import Customer, Identity
from console.conversation.practice_events import PracticeBegan
from console.conversation.quality import Given
from console.conversation.tasks import TaskRecord
from console.conversation.wrap_up import Wrapped, WrapUp


@dataclass(frozen=True, slots=True)
class Note:
    """An internal note, placed after the message it followed (``after`` is that message's id, or empty)."""

    text: str
    author: str
    at: datetime
    after: str = ""


@dataclass(frozen=True, slots=True)
class Handover:
    """Why people took over, and when."""

    reason: str
    tier: int
    at: datetime
    triggers: tuple[Trigger, ...] = ()


@dataclass(frozen=True, slots=True)
class Approval:
    """A request to send a blocked text; ``approved`` is ``None`` while a lead has not decided."""

    id: str
    agent: str
    text: str
    flags: tuple[Flag, ...]
    reason: str
    at: datetime
    approved: bool | None = None
    answer: str = ""
    used: str = ""
    """The key of the message that it let out; empty while there is none."""


@dataclass(slots=True)
class Conversation:
    """Everything known of one conversation up to event ``seq``."""

    id: str
    seq: int = 0
    channel: str = ""
    address: str = ""
    """Where the channel reaches the customer; empty where it needs to know no more than the conversation."""
    subject: str = ""
    customer: Customer = field(default_factory=lambda: Customer(id=""))
    identity: Identity = Identity.ANONYMOUS
    status: Status = Status.BOT
    agent: str = ""
    """Id of the agent who has it; empty when nobody has."""
    agent_name: str = ""
    taken_at: datetime | None = None
    """When the agent who has it got it; who had it last, where nobody has."""
    opened_at: datetime | None = None
    waiting_since: datetime | None = None
    """Since when the customer has had no answer from a person; ``None`` when nothing is owed."""
    owed_since: datetime | None = None
    """The same, kept while the conversation is closed: what is owed again when it was closed by mistake."""
    disposition: str = ""
    resolved: bool = False
    handover: Handover | None = None
    prepared: Packet | None = None
    """What was put together for whoever takes it over; nothing before the first hand-over."""
    packet: Packet | None = None
    """What of it may be read now: all, or little where the second chair is silent."""
    routing: Routing | None = None
    messages: list[Message] = field(default_factory=list)
    delivered: dict[str, str] = field(default_factory=dict)
    """Message id to the channel's reference, for messages that the channel has taken."""
    contact: Contact = field(default_factory=Contact)
    """What the channel tells of the messages: what was read, what was deleted."""
    notes: list[Note] = field(default_factory=list)
    summary: tuple[SummaryLine, ...] = ()
    """As the people left it."""
    summary_read: tuple[SummaryLine, ...] = ()
    """The embedded engine's lines."""
    summary_written: tuple[SummaryLine, ...] = ()
    """A language model's lines, which stand for the engine's until they are written anew, or cannot be."""
    corrections: tuple[Correction, ...] = ()
    """What people put right in the summary, one for a line, the newest last."""
    suggestions: tuple[Suggestion, ...] = ()
    suggested_for: str = ""
    """The message that the suggestions answer; they are stale once the customer has written a later one."""
    next_step: NextStep | None = None
    """What was done in similar past conversations; nothing after the agent's answer, as with suggestions."""
    knowledge: tuple[KnowledgeHit, ...] = ()
    unanswerable: dict[str, str] = field(default_factory=dict)
    """Questions that no article answered, by the message that asked."""
    flags: dict[str, Flag] = field(default_factory=dict)
    """Standing flags by id, dismissed ones left out."""
    dismissed: set[str] = field(default_factory=set)
    moods: dict[str, Mood] = field(default_factory=dict)
    """Mood by message id, in order."""
    withheld: str = ""
    """Why there is no assistance right now; empty when there is."""
    hidden: bool = False
    """Whether assistance is hidden for this conversation: by its agent, or because it has none to begin with."""
    assigned: bool = False
    """Whether it was decided if this conversation is held out, to measure what assistance is worth."""
    held_out: bool = False
    """Whether it is, and nobody has asked for assistance."""
    unassisted: bool = False
    """Whether it is practised without assistance: nobody can ask for it."""
    fewer: str = ""
    """Why fewer replies are shown than there were, in words for the agent; empty where all are."""
    shown_at: dict[str, datetime] = field(default_factory=dict)
    """When each suggestion first stood on a screen."""
    offered: dict[str, Suggestion] = field(default_factory=dict)
    """Every suggestion of the conversation by id."""
    offered_for: dict[str, str] = field(default_factory=dict)
    """The message that each suggestion answers."""
    ranked_by: dict[str, str] = field(default_factory=dict)
    """Version of the ranker that put each suggestion where it stood."""
    decisions: dict[str, Decision] = field(default_factory=dict)
    ratings: dict[str, assist_fold.Rating] = field(default_factory=dict)
    approvals: dict[str, Approval] = field(default_factory=dict)
    passing: bool = False
    """Whether a warning was passed for an agent's message that is not logged yet."""
    unexplained: set[str] = field(default_factory=set)
    """Texts that went out against a warning with a reason that says nothing."""
    boundary: Boundary = field(default_factory=Boundary)
    """What people decided between the bot, assistance and people alone."""
    team: queue_fold.Team = field(default_factory=queue_fold.Team)
    bot: BotRecord = field(default_factory=BotRecord)
    """What the bot decided, looked up and cited."""
    tasks: TaskRecord = field(default_factory=TaskRecord)
    """What agents let the bot get from the customer."""
    wrapped: tuple[Wrapped, ...] = ()
    """The wrap-ups of its closings, the newest last."""
    quality: dict[str, Given] = field(default_factory=dict)
    """How it meets the criteria of the rubric, by their ids; nothing before it was closed and marked."""

    @property
    def layer(self) -> Layer:
        """The layer the behaviours put it in; assisted until they have."""
        return self.routing.layer if self.routing else Layer.ASSISTED

    @property
    def generated(self) -> bool:
        """Whether it belongs to a generated history and never happened."""
        return self.channel == GENERATED

    @property
    def dark(self) -> bool:
        """Whether there is no assistance by somebody's will: routing and flags alone."""
        return self.hidden or self.layer is Layer.HUMAN_ONLY

    @property
    def last_customer_message(self) -> Message | None:
        """The newest message of the customer."""
        return next((m for m in reversed(self.messages) if m.role is Author.CUSTOMER), None)

    @property
    def unanswered(self) -> Message | None:
        """The customer's newest message, when no person has answered since; else nothing."""
        spoken = (m for m in reversed(self.messages) if m.role in {Author.CUSTOMER, Author.AGENT})
        newest = next(spoken, None)
        return newest if newest is not None and newest.role is Author.CUSTOMER else None

    @property
    def wrap_up(self) -> WrapUp | None:
        """The wrap-up of the newest closing; ``None`` where there was none."""
        return self.wrapped[-1].wrap_up if self.wrapped else None

    @property
    def mood(self) -> Mood | None:
        """The newest mood."""
        return next(reversed(self.moods.values()), None)

    def message(self, message_id: str) -> Message | None:
        """Return the message with this id."""
        number = message_id.removeprefix("m")
        place = int(number) - 1 if number.isdecimal() else -1
        return self.messages[place] if 0 <= place < len(self.messages) else None

    def apply(self, event: e.Event) -> None:
        """Take in the next event of this conversation; one already taken in is passed over."""
        if event.seq <= self.seq:
            return
        self.seq = event.seq
        self._on(event.data, event)

    @singledispatchmethod
    def _on(self, data: object, event: e.Event) -> None:
        """Events of assistance, queues, teamwork and tasks; those of the workspace and others change nothing here."""
        assist_fold.take(self, data, event.at)
        queue_fold.take(self, data, event.at)
        task_fold.take(self, data, event.at)
        wrap_up_fold.take(self, data, event.at)
        quality_fold.take(self, data)

    @_on.register
    def _(self, data: e.ConversationOpened, event: e.Event) -> None:
        self.channel, self.customer, self.subject = data.channel, data.customer, data.subject
        self.opened_at, self.address = event.at, data.address

    @_on.register
    def _(self, data: e.IdentityChanged, event: e.Event) -> None:
        self.identity, self.customer = data.level, data.customer

    @_on.register
    def _(self, data: e.MessageAdded, event: e.Event) -> None:
        at = data.written_at or event.at
        name = f"m{len(self.messages) + 1}"
        excepted = data.role is Author.AGENT and (self.passing or bool(data.approval))
        message = Message(name, data.role, data.text, at, data.author, data.suggestion, event.seq, excepted)
        self.messages.append(replace(message, attachments=data.attachments, edits=data.edits))
        self.bot = citing(self.bot, name, data.sources)
        if data.role is Author.CUSTOMER:
            self.waiting_since = self.owed_since = self.waiting_since or event.at
            if self.status is Status.PARKED:
                self.status = Status.ACTIVE
        elif data.role is Author.AGENT:
            self.passing = False
            self.waiting_since = self.owed_since = None
            self.suggestions, self.next_step = (), None  # they were made for the moment before this answer
            self.prepared = without_opening(self.prepared) if self.prepared else None
            self._show_packet()
        if data.approval in self.approvals:
            self.approvals[data.approval] = replace(self.approvals[data.approval], used=event.external_id or name)

    @_on.register
    def _(self, data: e.MessageDelivered, event: e.Event) -> None:
        self.delivered[data.message] = data.reference

    @_on.register
    def _(self, data: MessagesRead, event: e.Event) -> None:
        self.contact = self.contact.after(data)

    @_on.register
    def _(self, data: MessageWithdrawn, event: e.Event) -> None:
        self.contact = self.contact.after(data)

    @_on.register
    def _(self, data: e.NoteAdded, event: e.Event) -> None:
        after = self.messages[-1].id if self.messages else ""
        self.notes.append(Note(data.text, data.author, event.at, after))

    @_on.register
    def _(self, data: e.HandedOver, event: e.Event) -> None:
        self.handover = Handover(data.reason, data.tier, event.at, data.triggers)
        self.boundary = replace(self.boundary, handed=self.boundary.handed | {t.when for t in data.triggers})
        self.status = Status.WAITING
        self.tasks = replace(self.tasks, waited=False)
        self.waiting_since = self.owed_since = self.waiting_since or event.at

    @_on.register
    def _(self, data: PacketPrepared, event: e.Event) -> None:
        self.prepared = data.packet
        self._show_packet()

    @_on.register
    def _(self, data: e.RoutingChanged, event: e.Event) -> None:
        self.routing = data.routing
        self._silence_or_show(dark=data.routing.layer is Layer.HUMAN_ONLY)

    @_on.register
    def _(self, data: b.AssistanceAllowed, event: e.Event) -> None:
        self.routing = rerouted(self.routing, data.intent, allowed=data.allowed)
        seen = len(self.messages)
        if data.allowed:
            self.boundary = self.boundary.let_in(data.intent, data.by, data.reason, seen, event.at)
        else:
            self.boundary = self.boundary.shut_out(data.intent, data.by, seen, event.at)
        self._silence_or_show(dark=not data.allowed)

    @_on.register
    def _(self, data: b.BotAnswerMarked, event: e.Event) -> None:
        self.boundary = self.boundary.marked(data.message, BotMark(data.verdict, data.by, data.reason))

    @_on.register
    def _(self, data: a.AssistanceHidden, event: e.Event) -> None:
        self.hidden, self.held_out = data.hidden, False
        self._silence_or_show(dark=data.hidden)

    @_on.register
    def _(self, data: HoldOutAssigned, event: e.Event) -> None:
        if not self.assigned:
            self.assigned, self.hidden, self.held_out = True, data.held_out, data.held_out
            self._silence_or_show(dark=data.held_out)

    @_on.register
    def _(self, data: PracticeBegan, event: e.Event) -> None:
        self.unassisted = self.hidden = data.assistance == "off"
        self._silence_or_show(dark=self.hidden)

    def _silence_or_show(self, *, dark: bool) -> None:
        """Take what the second chair said off the screen where it falls silent; the packet comes back with it."""
        if dark:
            self.summary, self.suggestions, self.knowledge, self.fewer = (), (), (), ""
            self.summary_read, self.summary_written = (), ()
            self.next_step = None
            self.moods.clear()
        self._show_packet()

    def _show_packet(self) -> None:
        packet = self.prepared
        self.packet = darkened(packet, self.messages) if packet and self.dark else packet
        if self.packet and (opening := self.packet.opening):
            self.offered[opening.id], self.offered_for[opening.id] = opening, self.packet.turn

    @_on.register
    def _(self, data: e.ConversationClaimed, event: e.Event) -> None:
        self.status, self.agent, self.agent_name, self.taken_at = Status.ACTIVE, data.agent, data.name, event.at

    @_on.register
    def _(self, data: e.ConversationReleased, event: e.Event) -> None:
        if data.parked:
            self.status = Status.PARKED
        else:
            self.status, self.agent, self.agent_name = Status.WAITING, "", ""

    @_on.register
    def _(self, data: e.ConversationClosed, event: e.Event) -> None:
        self.status, self.disposition, self.resolved = Status.CLOSED, data.disposition, data.resolved
        self.waiting_since = None

    @_on.register
    def _(self, data: e.ConversationReopened, event: e.Event) -> None:
        self.status = Status.ACTIVE if self.agent else Status.WAITING
        if not event.actor.startswith("customer:"):  # whoever writes again waits from that message
            self.waiting_since = self.waiting_since or self.owed_since

    @_on.register
    def _(self, data: BotDecided | ToolCalled, event: e.Event) -> None:
        self.bot = after(self.bot, data, self.messages[-1].id if self.messages else "")

    @_on.register
    def _(self, data: e.ApprovalRequested, event: e.Event) -> None:
        agent = event.actor.removeprefix("agent:")
        self.approvals[data.approval] = Approval(data.approval, agent, data.text, data.flags, data.reason, event.at)

    @_on.register
    def _(self, data: e.ApprovalDecided, event: e.Event) -> None:
        asked = self.approvals.get(data.approval)
        if asked:
            self.approvals[data.approval] = replace(asked, approved=data.approved, answer=data.reason)


def fold(conversation_id: str, history: Iterable[e.Event]) -> Conversation:
    """Return the state of a conversation after its events, which come in order of ``seq``."""
    state = Conversation(conversation_id)
    for event in history:
        state.apply(event)
    return state
