"""The desk as the console sees it: one protocol of typed calls, and how to get at one."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from console.conversation import commands as c
from console.conversation import upkeep_commands as u
from console.conversation.assistance import Flag, SourceType
from console.conversation.boundary_commands import AllowAssistance, MarkBotAnswer
from console.conversation.drafts import ArticleDraft
from console.conversation.events import Event
from console.conversation.upkeep import Gaps
from console.terminal.account_port import AccountDesk
from console.terminal.automation_port import AutomationDesk
from console.terminal.edits_port import EditsDesk
from console.terminal.escalation_port import EscalationDesk
from console.terminal.forecast_port import ForecastDesk
from console.terminal.layers_port import LayersDesk
from console.terminal.making_port import MakingDesk
from console.terminal.practice_port import PracticeDesk
from console.terminal.quality_port import QualityDesk
from console.terminal.queue_port import QueueDesk
from console.terminal.review_port import ReviewDesk
from console.terminal.sources_port import SourcesDesk
from console.terminal.task_port import TaskDesk
from console.terminal.wrap_up_port import WrapUpDesk


class Connect(Protocol):
    """How the console gets at a desk server; called at start and again after the server was lost."""

    async def __call__(self, progress: Callable[[str], None]) -> tuple[str, str]:
        """Start or find the server and return ``(base URL, token)``.

        ``progress`` takes a few words on what is going on and may be called from this event loop only. Whatever is
        raised is shown to the agent in its own words, and the call is made again after a pause.
        """


@dataclass(frozen=True, slots=True)
class TypingSeen:
    """Somebody types, or has stopped: ``who`` is ``customer`` or ``agent:ID``."""

    conversation: str
    who: str
    active: bool


@dataclass(frozen=True, slots=True)
class WritingSeen:
    """A draft is being written for message ``turn``: the text so far, or that it is ``over`` and ``why`` none came."""

    conversation: str
    turn: str
    text: str
    over: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class PracticeSeen:
    """What the agent has to practise has changed: it is to be asked for."""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The stream stands (its head arrived, or nothing happened for a while)."""


Delivery = Event | TypingSeen | WritingSeen | PracticeSeen | Heartbeat
"""What the live stream brings."""


class Desk(
    QueueDesk,
    TaskDesk,
    WrapUpDesk,
    PracticeDesk,
    MakingDesk,
    AccountDesk,
    ReviewDesk,
    LayersDesk,
    EscalationDesk,
    QualityDesk,
    ForecastDesk,
    AutomationDesk,
    SourcesDesk,
    EditsDesk,
    Protocol,
):
    """Every call of the desk's interface. All raise :class:`~console.terminal.errors.DeskError`."""

    async def close(self) -> None:
        """Let go of the connections."""

    async def ping(self) -> float:
        """Return the round-trip time to the server in milliseconds."""

    async def readiness(self) -> c.Readiness:
        """Return whether assistance is there, or how far it has come."""

    def events(self, after: int) -> AbstractAsyncContextManager[AsyncIterator[Delivery]]:
        """Follow the log after event ``after`` until the connection ends; ends with ``Unreachable`` when it breaks."""

    async def me(self) -> c.Me:
        """Return who the token belongs to."""

    async def inbox(self, *, closed: bool = False) -> c.InboxPage:
        """Return the open conversations (or also the closed ones)."""

    async def conversation(self, conversation: str) -> c.ConversationPage:
        """Return one conversation with the agent's unsent draft."""

    async def claim(self, conversation: str) -> c.ConversationPage:
        """Take a conversation; ``Conflict`` when another agent has it."""

    async def release(self, conversation: str, body: c.Release) -> None:
        """Give it back to the queue, or park it."""

    async def close_conversation(self, conversation: str, body: c.Close) -> None:
        """End it."""

    async def reopen(self, conversation: str, body: c.Reopen) -> None:
        """Take an ended one up again."""

    async def send(self, conversation: str, body: c.SendMessage) -> c.SendResult:
        """Send a message, or learn which flags stand in the way."""

    async def check(self, conversation: str, body: c.CheckDraft) -> tuple[Flag, ...]:
        """Return the flags a draft would raise."""

    async def file_link(self, conversation: str, attachment: str) -> str:
        """Return the address under which a browser opens a file of a conversation for a while."""

    async def note(self, conversation: str, body: c.AddNote) -> None:
        """Write an internal note."""

    async def screen(self, conversation: str) -> None:
        """Say which conversation this console shows; empty where it shows none."""

    async def typing(self, conversation: str, body: c.Typing) -> None:
        """Say that the agent types, or has stopped."""

    async def save_draft(self, conversation: str, body: c.SaveDraft) -> None:
        """Keep the unsent text."""

    async def shown(self, conversation: str, body: c.Shown) -> None:
        """Report which suggestions stand on the screen."""

    async def dismiss(self, conversation: str, body: c.Dismiss) -> None:
        """Put a suggestion away."""

    async def rate(self, conversation: str, body: c.Rate) -> None:
        """Mark a suggestion."""

    async def set_assistance(self, conversation: str, body: c.SetAssistance) -> None:
        """Hide assistance for this conversation, or show it again."""

    async def allow_assistance(self, conversation: str, body: AllowAssistance) -> None:
        """Let assistance into what is reserved for people (leads), or take that back."""

    async def mark_bot_answer(self, conversation: str, body: MarkBotAnswer) -> None:
        """Mark a message of the bot right or wrong, or take the mark back."""

    async def restore_replies(self) -> None:
        """Be shown all replies again, however many were passed over."""

    async def dismiss_flag(self, conversation: str, body: c.DismissFlag) -> None:
        """Judge that a flag does not apply."""

    async def correct_summary(self, conversation: str, body: c.CorrectSummary) -> None:
        """Put a line of the summary right, take it out, or restore it."""

    async def ask_approval(self, conversation: str, body: c.RequestApproval) -> c.ApprovalAsked:
        """Ask a lead to let a blocked text go out."""

    async def decide_approval(self, conversation: str, approval: str, body: c.DecideApproval) -> None:
        """Answer such a request (leads and admins)."""

    async def completions(self, conversation: str) -> c.Completions:
        """Return the sentences the composer may complete to."""

    async def rewrite(self, conversation: str, body: c.Rewrite, heard: Callable[[str], None]) -> c.Rewritten:
        """Have a draft rewritten; ``heard`` is told the text so far. Cancelling gives it up."""

    async def presence(self, body: c.SetPresence) -> None:
        """Come online, take a break, go."""

    async def search(self, query: str, k: int = 10) -> c.SearchResult:
        """Look something up in the knowledge base."""

    async def source(self, kind: SourceType, source: str, passage: str = "") -> c.Source:
        """Return the whole source of a suggestion with the passage's place in it."""

    async def looked_up(self, body: c.LookedUp) -> None:
        """Say that a look-up by hand is done with."""

    async def gaps(self) -> Gaps:
        """Return what was asked and no article answers, or how far the look is (leads, trainers and admins)."""

    async def put_gap_aside(self, body: u.PutGapAside) -> None:
        """Put a gap aside until a customer asks it again (leads and admins)."""

    async def bring_gap_back(self, body: u.BringGapBack) -> None:
        """Take that back (leads and admins)."""

    async def contradictions(self) -> u.Contradictions:
        """Return articles that say the same with different figures (leads, trainers and admins)."""

    async def drafts(self) -> u.Drafts:
        """Return draft articles; agents see their own."""

    async def draft_article(self, body: u.DraftArticle) -> ArticleDraft:
        """Draft an article from a resolved conversation."""

    async def edit_draft(self, draft: str, body: u.EditDraft) -> ArticleDraft:
        """Change a draft; ``Conflict`` when somebody else has meanwhile."""

    async def approve_draft(self, draft: str, body: u.ApproveDraft) -> ArticleDraft:
        """Publish a draft (leads and admins)."""

    async def reject_draft(self, draft: str, body: u.RejectDraft) -> ArticleDraft:
        """Decide against a draft (leads and admins)."""

    async def reopen_draft(self, draft: str) -> ArticleDraft:
        """Take a decision on a draft back (leads and admins)."""
