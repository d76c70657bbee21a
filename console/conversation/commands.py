"""What a console asks of the desk, and what it gets back: the bodies of the HTTP interface."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from console.conversation.assistance import Decision, Flag, KnowledgeHit, SourceType, SummaryKind
from console.conversation.inbox import InboxRow
from console.conversation.people import Agent, Presence, Role
from console.conversation.service_levels import Targets
from console.conversation.state import Conversation
from console.conversation.wrap_up_commands import WrapUpForm


@dataclass(frozen=True, slots=True)
class PassedWarning:
    """A warning the agent passes, with the reason they wrote (not blank)."""

    flag: str
    reason: str


@dataclass(frozen=True, slots=True)
class SendMessage:
    """Send ``text`` to the customer. ``key`` makes a retry safe: the same key is sent once."""

    text: str
    key: str
    suggestion: str = ""
    """The suggestion that was taken into the composer, if any."""
    passed: tuple[PassedWarning, ...] = ()
    approval: str = ""
    """A lead's approval for exactly this text; it lets one message out."""
    seen: str = ""
    """The newest message the agent had on screen."""


@dataclass(frozen=True, slots=True)
class SendResult:
    """Whether the message went out; when not, ``flags`` says what stands in the way."""

    sent: bool
    message: str = ""
    decision: Decision | None = None
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckDraft:
    """Check a draft against policy without sending it."""

    text: str


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Have a draft rewritten: in a ``tone`` (shorter, warmer, formal, simpler), or as ``words`` say ("in French")."""

    text: str
    tone: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The draft in other words, checked; the agent's own stays as it is."""

    text: str
    unsupported: tuple[str, ...] = ()
    """Sentences that say what neither the draft, the conversation nor the record says."""
    flags: tuple[Flag, ...] = ()
    """What would stand against sending it; nothing that blocks."""


@dataclass(frozen=True, slots=True)
class AddNote:
    """Write an internal note."""

    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Release:
    """Give the conversation back to the queue, or park it."""

    parked: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Close:
    """End the conversation."""

    disposition: str
    resolved: bool
    note: str = ""
    wrap_up: WrapUpForm | None = None
    """What the agent leaves behind besides; ``None`` where whoever closes it knows of no wrap-up."""


@dataclass(frozen=True, slots=True)
class Reopen:
    """Take an ended conversation up again."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """These suggestions stand on the screen now."""

    turn: str
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dismiss:
    """Put a suggestion away."""

    suggestion: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SetAssistance:
    """Hide assistance for this conversation, or show it again."""

    hidden: bool


@dataclass(frozen=True, slots=True)
class Rate:
    """Mark a suggestion: ``thumb`` -1, 0 or 1; ``stars`` 0 (none) to 5."""

    suggestion: str
    thumb: int = 0
    stars: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DismissFlag:
    """Judge that a flag does not apply here."""

    flag: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CorrectSummary:
    """Put a line of the summary right: the line that says ``before`` (the second chair's words) and rests on these.

    An empty ``text`` takes the line out; ``text`` equal to ``before`` restores it.
    """

    line: SummaryKind
    sources: tuple[str, ...]
    before: str
    text: str


@dataclass(frozen=True, slots=True)
class RequestApproval:
    """Ask a lead to let a blocked text go out."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ApprovalAsked:
    """The id of the request, and the flags it is about."""

    approval: str
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class DecideApproval:
    """A lead's answer."""

    approved: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SetPresence:
    """Come online, take a break, go."""

    presence: Presence


@dataclass(frozen=True, slots=True)
class ShowScreen:
    """Say which conversation a console shows now; not logged."""

    console: str
    """A name that the console gives itself, up to 40 characters; an agent may have several."""
    conversation: str = ""
    """Its id; empty where none is shown."""


@dataclass(frozen=True, slots=True)
class Typing:
    """The agent types, or has stopped; not logged."""

    active: bool


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Keep the unsent text of a conversation; an empty text forgets it."""

    text: str


@dataclass(frozen=True, slots=True)
class MintToken:
    """Ask for a token for a person; only an admin may."""

    role: Role
    name: str


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token; shown once."""

    token: str
    agent: Agent
    expires_at: datetime | None = None
    """When it ends at the latest; ``None``: when the server stops that made it."""


@dataclass(frozen=True, slots=True)
class Me:
    """Who the token belongs to, and the desk they reached."""

    agent: Agent
    desk: str
    """Name of the workspace's company, or of the workspace."""
    version: str
    presence: Presence = Presence.ONLINE
    damage: str = ""
    """What of the desk's knowledge base cannot be used right now, in a line for staff; empty where all is well."""
    rewrites: bool = False
    """Whether the desk has a language model that rewrites drafts."""
    now: datetime | None = None
    """The desk's time: waiting times count by it, whatever the console's clock says."""
    targets: Targets | None = None
    """How long customers may wait for a person's answer."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether assistance is there, or how far it has come."""

    ready: bool
    assist: str
    """``ready``, or what is going on, or what is missing and what to do, in words for the agent."""
    knowledge: bool = False
    """Whether look-ups by hand are there."""
    serves: bool = True
    """Whether this server is to be sent requests: its log can be read and written, and it is not about to end."""
    log: str = "ok"
    """``ok``, or in a line what is wrong with the event log; nothing that strangers should not read."""
    draining: bool = False
    """Whether it is about to end; others go on where there are others."""
    content: str = ""
    """A short name of the content that is in force; two servers that judge alike say the same."""


@dataclass(frozen=True, slots=True)
class InboxPage:
    """Every open conversation as of event ``seq``; the live events after it complete the picture."""

    seq: int
    rows: tuple[InboxRow, ...]
    presences: Mapping[str, Presence] = field(default_factory=dict)
    drafts: tuple[str, ...] = ()
    """The conversations in which the agent has an unsent draft."""


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """One conversation as of event ``conversation.seq``, with the agent's unsent draft."""

    conversation: Conversation
    draft: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What the knowledge base holds on a query; ``answerable`` is false where it does not hold the answer."""

    query: str
    answerable: bool
    hits: tuple[KnowledgeHit, ...]
    ms: float = 0.0
    damage: str = ""
    """What of the knowledge base could not be used, in a line for staff: then answers are less good."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A look-up by hand is done with: what was looked for last, and in which conversation, if in one."""

    query: str
    conversation: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The whole source of a suggestion, with the cited passage as character offsets into ``text``."""

    type: SourceType
    id: str
    title: str
    text: str
    start: int = 0
    end: int = 0
    note: str = ""
    """What the reader must know: retired, internal, version."""
    internal: bool = False
    """Whether it is for staff alone: nothing of it goes into a reply."""
    retired: bool = False
    """Whether what it says may no longer hold: nothing of it goes into a reply either."""


@dataclass(frozen=True, slots=True)
class Completions:
    """Sentences the composer may complete to, best first; fetched once a turn, matched in the console."""

    turn: str
    texts: tuple[str, ...]
    shortest: int = 3
    """Characters of a sentence before any is offered."""
    after: tuple[int, ...] = ()
    """How many letters of each text must stand there before it is shown, where more than ``shortest``."""
