"""A desk in memory: the client's protocol over a real event log of events, with faults to order.

It appends events and folds them as the server does; what it says of a conversation is scripted by the test through
:meth:`FakeDesk.append`.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from console.conversation import assist_events as a
from console.conversation import commands as c
from console.conversation import events as e
from console.conversation import inbox
from console.conversation.assistance import Decision, Flag, SourceType
from console.conversation.automation import Automation
from console.conversation.drafts import Drafted
from console.conversation.inbox import InboxRow
from console.conversation.message import Author, Status
from console.conversation.people import Agent, Presence, Role
from console.conversation.practice_training import OwnPractice
from console.conversation.presence_events import PresenceChanged
from console.conversation.service_levels import Targets
from console.conversation.state import Conversation, fold
from console.conversation.upkeep import Contradiction, Gaps
from console.conversation.weeks import WeeksAhead
from console.terminal.errors import Conflict, Unreachable
from console.terminal.port import Delivery, Heartbeat
from tests.terminal.fake_account import FakeAccount
from tests.terminal.fake_automation import FakeAutomation
from tests.terminal.fake_boundary import FakeBoundary
from tests.terminal.fake_edits import FakeEdits
from tests.terminal.fake_escalations import RULE, FakeEscalations
from tests.terminal.fake_files import FakeFiles
from tests.terminal.fake_forecast import FakeForecast
from tests.terminal.fake_layers import FakeLayers
from tests.terminal.fake_making import FakeMaking
from tests.terminal.fake_practice import FakePractice
from tests.terminal.fake_quality import FakeQuality
from tests.terminal.fake_queue import FakeQueue
from tests.terminal.fake_review import FakeReview
from tests.terminal.fake_rewriting import FakeRewriting
from tests.terminal.fake_sources import FakeSources
from tests.terminal.fake_tasks import FakeTasks
from tests.terminal.fake_upkeep import FakeUpkeep
from tests.terminal.fake_wrap_up import FakeWrapUps

START = datetime.fromisoformat("2026-03-02T10:00:00+00:00")


@dataclass
class FakeDesk(
    FakeRewriting,
    FakeBoundary,
    FakeQueue,
    FakeFiles,
    FakeTasks,
    FakeUpkeep,
    FakeWrapUps,
    FakeAccount,
    FakeReview,
    FakeQuality,
    FakeSources,
    FakeEdits,
    FakeForecast,
    FakeAutomation,
    FakeEscalations,
    FakeLayers,
    FakePractice,
    FakeMaking,
):
    """See :class:`console.terminal.port.Desk`; ``calls`` records what was asked."""

    agent: Agent = field(default_factory=lambda: Agent("robin", "Robin Ashdale"))
    log: list[e.Event] = field(default_factory=list)
    calls: list[tuple[str, object]] = field(default_factory=list)
    unsent: dict[str, str] = field(default_factory=dict)
    judge: Callable[[str], tuple[Flag, ...]] = lambda text: ()
    """Which flags a draft raises."""
    sources: dict[str, c.Source] = field(default_factory=dict)
    found: c.SearchResult = field(default_factory=lambda: c.SearchResult("", answerable=True, hits=()))
    opened: list[tuple[str, str]] = field(default_factory=list)
    """The addresses and tokens that connections were made with."""
    screens: list[str] = field(default_factory=list)
    """What the console said that it shows."""
    sentences: tuple[str, ...] = ()
    readiness_now: c.Readiness = field(default_factory=lambda: c.Readiness(ready=True, assist="ready"))
    rules: list[str] = field(default_factory=lambda: [RULE])
    lacks: Gaps = field(default_factory=lambda: Gaps(()))
    """What the knowledge base lacks."""
    pairs: tuple[Contradiction, ...] = ()
    drafted: Drafted = field(default_factory=lambda: Drafted("", ()))
    """What a conversation gives for an article; nothing without a title."""
    damage: str = ""
    """What of the knowledge base cannot be used."""
    targets: Targets | None = None
    """How long customers may wait."""
    past: list[e.Event] = field(default_factory=list)
    """What the lead's review looks back on."""
    looking: str = ""
    weeks: WeeksAhead = field(default_factory=WeeksAhead)
    """How many weeks have passed, where any can."""
    own: OwnPractice = field(default_factory=OwnPractice)
    """What the agent has to practise."""
    rubric: bool = True
    """Whether the company has one."""
    """How far that look is, while it is not done."""
    routine: Automation = field(default_factory=Automation)
    """What could be automated."""
    down: bool = False
    held: asyncio.Event | None = None
    """While set and not released, sending waits for it."""
    sent_keys: dict[str, c.SendResult] = field(default_factory=dict)
    _streams: list[asyncio.Queue[Delivery | None]] = field(default_factory=list)

    # For the test

    def append(self, conversation: str, data: e.EventData, actor: str = "desk", at: datetime | None = None) -> e.Event:
        """Add an event to the log and to every live stream."""
        seq = len(self.log) + 1
        event = e.Event(seq, conversation, actor, data, at or START + timedelta(seconds=20 * seq))
        self.log.append(event)
        for stream in self._streams:
            stream.put_nowait(event)
        return event

    def customer_writes(self, conversation: str, text: str, at: datetime | None = None) -> str:
        """Let the customer write; return the message's id."""
        self.append(conversation, e.MessageAdded(Author.CUSTOMER, text), f"customer:{conversation}", at)
        return self.state(conversation).messages[-1].id

    def state(self, conversation: str) -> Conversation:
        """Return a conversation folded afresh."""
        return fold(conversation, [event for event in self.log if event.conversation == conversation])

    def cut(self) -> None:
        """Break all connections and refuse new ones."""
        self.down = True
        for stream in self._streams:
            stream.put_nowait(None)

    def mend(self) -> None:
        """Accept connections again."""
        self.down = False

    def asked(self, name: str) -> list[object]:
        """Return the bodies of all calls of this name."""
        return [body for call, body in self.calls if call == name]

    async def connect(self, progress: Callable[[str], None]) -> tuple[str, str]:
        """The CLI's part."""
        progress("starting the desk")
        if self.down:
            message = "The desk server is not reachable."
            raise Unreachable(message)
        return "http://desk.test", "token"

    async def open(self, url: str, token: str) -> "FakeDesk":
        """The client's part."""
        self.opened.append((url, token))
        return self

    # The protocol

    async def close(self) -> None:
        """Nothing to let go of."""

    async def ping(self) -> float:
        """A steady figure, for pictures."""
        self._gate("ping", None)
        return 21.0

    @asynccontextmanager
    async def events(self, after: int) -> AsyncIterator[AsyncIterator[Delivery]]:
        """Follow the log."""
        self._gate("events", after)
        queue: asyncio.Queue[Delivery | None] = asyncio.Queue()
        for event in self.log[after:]:
            queue.put_nowait(event)
        self._streams.append(queue)

        async def stream() -> AsyncIterator[Delivery]:
            yield Heartbeat()
            while (item := await queue.get()) is not None:
                yield item
            message = "The desk server is not reachable."
            raise Unreachable(message)

        try:
            yield stream()
        finally:
            self._streams.remove(queue)

    def typing_seen(self, delivery: Delivery) -> None:
        """Let the stream carry something that is not logged."""
        for stream in self._streams:
            stream.put_nowait(delivery)

    async def readiness(self) -> c.Readiness:
        """What the test says of the engine."""
        self._gate("readiness", None)
        return self.readiness_now

    async def me(self) -> c.Me:
        """Return the agent."""
        self._gate("me", None)
        presence = self._presences().get(self.agent.id, Presence.ONLINE)
        return c.Me(self.agent, "Larkfell Outdoor", "0.1", presence, self.damage, self.rewrites, targets=self.targets)

    async def inbox(self, *, closed: bool = False) -> c.InboxPage:
        """Return the open conversations."""
        self._gate("inbox", closed)
        rows: dict[str, InboxRow] = {}
        for event in self.log:
            row = inbox.apply_to(rows, event)
            if row is not None:
                rows[row.id] = row
        shown = tuple(row for row in rows.values() if closed or row.status is not Status.CLOSED)
        drafts = tuple(name for name, text in self.unsent.items() if text.strip())
        return c.InboxPage(len(self.log), shown, self._presences(), drafts)

    async def conversation(self, conversation: str) -> c.ConversationPage:
        """Return one conversation."""
        self._gate("conversation", conversation)
        return c.ConversationPage(deepcopy(self.state(conversation)), self.unsent.get(conversation, ""))

    async def claim(self, conversation: str) -> c.ConversationPage:
        """Take a conversation."""
        self._gate("claim", conversation)
        state = self.state(conversation)
        if state.agent and state.agent != self.agent.id:
            message = f"{state.agent_name} has this conversation."
            raise Conflict(message, "taken")
        self.append(conversation, e.ConversationClaimed(self.agent.id, self.agent.name), self._me())
        return await self.conversation(conversation)

    async def release(self, conversation: str, body: c.Release) -> None:
        """Give back or park."""
        self._gate("release", body)
        self.append(conversation, e.ConversationReleased(body.parked, body.reason), self._me())

    async def reopen(self, conversation: str, body: c.Reopen) -> None:
        """Take it up again."""
        self._gate("reopen", body)
        self.append(conversation, e.ConversationReopened(body.reason), self._me())

    async def send(self, conversation: str, body: c.SendMessage) -> c.SendResult:
        """Send, judged as the server judges: warnings need reasons, blocks an approval of this text."""
        self._gate("send", body)
        if self.held is not None:
            await self.held.wait()
            self._gate("sent", body)
        if body.key in self.sent_keys:
            return self.sent_keys[body.key]
        passed = {p.flag for p in body.passed}
        approval = self.state(conversation).approvals.get(body.approval)
        granted = approval is not None and approval.approved is True and not approval.used
        granted = granted and approval is not None and approval.text.strip() == body.text.strip()
        standing = tuple(f for f in self.judge(body.text) if f.severity.value != "info" and f.id not in passed)
        if standing and not granted:
            return c.SendResult(sent=False, flags=standing)
        decision = None
        if body.suggestion:
            offered = self.state(conversation).offered.get(body.suggestion)
            decision = Decision.ACCEPTED if offered and offered.text == body.text else Decision.EDITED
        used = body.approval if granted and standing else ""
        message_added = e.MessageAdded(Author.AGENT, body.text, self.agent.name, body.suggestion, approval=used)
        self.append(conversation, message_added, self._me())
        message = self.state(conversation).messages[-1].id
        self.append(conversation, e.MessageDelivered(message), "desk")
        self.sent_keys[body.key] = c.SendResult(sent=True, message=message, decision=decision)
        return self.sent_keys[body.key]

    async def check(self, conversation: str, body: c.CheckDraft) -> tuple[Flag, ...]:
        """Judge a draft."""
        self._gate("check", body)
        return self.judge(body.text)

    async def note(self, conversation: str, body: c.AddNote) -> None:
        """Keep a note."""
        self._gate("note", body)
        self.append(conversation, e.NoteAdded(body.text, self.agent.name), self._me())

    async def typing(self, conversation: str, body: c.Typing) -> None:
        """Hear that the agent types."""
        self._gate("typing", body)

    async def save_draft(self, conversation: str, body: c.SaveDraft) -> None:
        """Keep a draft."""
        self._gate("save_draft", body)
        self.unsent[conversation] = body.text

    async def shown(self, conversation: str, body: c.Shown) -> None:
        """Log what was shown."""
        self._gate("shown", body)
        self.append(conversation, a.SuggestionsShown(body.turn, body.suggestions), self._me())

    async def dismiss(self, conversation: str, body: c.Dismiss) -> None:
        """Log a dismissal."""
        self._gate("dismiss", body)
        self.append(conversation, a.SuggestionDecided(body.suggestion, Decision.DISMISSED), self._me())

    async def rate(self, conversation: str, body: c.Rate) -> None:
        """Log a mark."""
        self._gate("rate", body)
        self.append(conversation, a.SuggestionRated(body.suggestion, body.thumb, body.stars, body.reason), self._me())

    async def restore_replies(self) -> None:
        """Log that all replies are wanted again."""
        self._gate("restore_replies", None)
        self.append(e.WORKSPACE, a.RepliesRestored(self.agent.id), self._me())

    async def dismiss_flag(self, conversation: str, body: c.DismissFlag) -> None:
        """Log that a flag does not apply."""
        self._gate("dismiss_flag", body)
        policy = self.state(conversation).flags[body.flag].policy
        self.append(conversation, a.FlagDismissed(body.flag, policy, body.reason), self._me())

    async def correct_summary(self, conversation: str, body: c.CorrectSummary) -> None:
        """Log a correction."""
        self._gate("correct_summary", body)
        data = a.SummaryCorrected(body.line, body.sources, body.before, body.text, self.agent.name)
        self.append(conversation, data, self._me())

    async def ask_approval(self, conversation: str, body: c.RequestApproval) -> c.ApprovalAsked:
        """File a request."""
        self._gate("ask_approval", body)
        name, flags = f"a-{len(self.log)}", self.judge(body.text)
        self.append(conversation, e.ApprovalRequested(name, body.text, flags, body.reason), self._me())
        return c.ApprovalAsked(name, flags)

    async def decide_approval(self, conversation: str, approval: str, body: c.DecideApproval) -> None:
        """Answer a request."""
        self._gate("decide_approval", body)
        self.append(conversation, e.ApprovalDecided(approval, body.approved, body.reason), self._me())

    async def completions(self, conversation: str) -> c.Completions:
        """Return the sentences."""
        self._gate("completions", conversation)
        return c.Completions("", self.sentences)

    async def screen(self, conversation: str) -> None:
        """Note what the console says that it shows."""
        self.screens.append(conversation)

    async def presence(self, body: c.SetPresence) -> None:
        """Change presence."""
        self._gate("presence", body)
        self.append(e.WORKSPACE, PresenceChanged(self.agent.id, self.agent.name, body.presence), self._me())

    async def search(self, query: str, k: int = 10) -> c.SearchResult:
        """Return what was laid out."""
        self._gate("search", query)
        return self.found

    async def source(self, kind: SourceType, source: str, passage: str = "") -> c.Source:
        """Return a source."""
        self._gate("source", source)
        return self.sources[source]

    async def looked_up(self, body: c.LookedUp) -> None:
        """Hear of a look-up in vain."""
        self._gate("looked_up", body)

    def _me(self) -> str:
        return f"agent:{self.agent.id}"

    def _presences(self) -> dict[str, Presence]:
        return {d.agent: d.presence for d in (event.data for event in self.log) if isinstance(d, PresenceChanged)}

    def _gate(self, name: str, body: object) -> None:
        self.calls.append((name, body))
        if self.down:
            message = "The desk server is not reachable."
            raise Unreachable(message)


def lead() -> Agent:
    """A team lead."""
    return Agent("marta", "Marta Quill", Role.LEAD)
