"""Writing an answer: the drafts of all conversations, what is saved of them, checked, completed and sent."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from console.conversation import commands as c
from console.conversation.assistance import Flag, Severity, Suggestion
from console.conversation.events import Event, MessageAdded
from console.terminal.completion import completion
from console.terminal.draft import Draft, approval_of
from console.terminal.errors import DeskError, Unreachable
from console.terminal.later import Later

if TYPE_CHECKING:
    from console.terminal.controller import Controller

SAVE_AFTER: Final = 0.8
CHECK_AFTER: Final = 0.5
TYPING_FOR: Final = 4.0
"""Seconds after the last key in which the agent still counts as typing."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of sending: went out, or which flags stand in the way."""

    sent: bool
    warnings: tuple[Flag, ...] = ()
    blocks: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The draft as it stood when the agent pressed the key; what is typed behind the key is not sent."""

    conversation: str
    draft: Draft
    text: str
    key: str
    suggestion: str
    seen: str
    """The customer's newest message then."""


class Composing:
    """The drafts and what is done with them."""

    def __init__(self, controller: "Controller") -> None:
        self._controller = controller
        self._drafts: dict[str, Draft] = {}
        self._completions: dict[str, c.Completions] = {}
        self._save = Later(SAVE_AFTER, self.save)
        self._check = Later(CHECK_AFTER, self.check)
        self._fetch = Later(0.15, self._fetch_completions)
        self._quiet = Later(TYPING_FOR, self._stop_typing)
        self._typing_in = ""

    @property
    def draft(self) -> Draft:
        """The draft of the conversation on the screen."""
        return self._drafts.setdefault(self._controller.state.current, Draft())

    def kept(self, conversation: str) -> str:
        """Return the unsent text of any conversation."""
        draft = self._drafts.get(conversation)
        return draft.text if draft else ""

    def drop(self, conversation: str) -> Draft | None:
        """Let go of what was written for a conversation that is no more; return it where there was something."""
        self._completions.pop(conversation, None)
        draft = self._drafts.pop(conversation, None)
        return draft if draft is not None and draft.text else None

    def knows(self, conversation: str) -> bool:
        """Whether the draft of this conversation was written or read here."""
        return conversation in self._drafts

    @property
    def unsaved(self) -> bool:
        """Whether the desk lacks something that was written."""
        return any(draft.dirty for draft in self._drafts.values())

    def write(self, text: str) -> None:
        """Take in the composer's text; nothing here waits."""
        draft = self.draft
        if text == draft.text:
            return
        before = (bool(draft.text.strip()), draft.suggestion)
        draft.write(text, self._newest())
        if (bool(text.strip()), draft.suggestion) != before:
            self._controller.view.state_changed()
        if not text.strip() and not self._controller.hands_on and self._controller.shelf.waiting:
            self._controller.let_in()
        if self._controller.state.current:
            self._save.ask()
            self._check.ask()
            self._say_typing()

    def complete(self, text: str) -> str:
        """Return the ghost text after ``text``."""
        conversation = self._controller.conversation
        found = self._completions.get(self._controller.state.current)
        if found is None or (conversation is not None and conversation.dark):
            return ""
        return completion(text, found.texts, found.after, found.shortest)

    def take(self, suggestion: Suggestion) -> str:
        """Make a suggestion the draft and return its text."""
        self.write(suggestion.text)
        self.draft.suggestion = suggestion.id
        return suggestion.text

    def override(self, suggestion: Suggestion) -> None:
        """Mark that the agent writes an answer of their own instead of a suggestion."""
        self.draft.suggestion = suggestion.id

    def overtaken(self) -> str:
        """Return the newer message the agent must read before sending, or nothing."""
        return self.draft.overtaken_by(self._newest())

    def waits_for_lead(self) -> bool:
        """Return whether a lead was asked about exactly this text and has not decided."""
        conversation = self._controller.conversation
        asked = approval_of(conversation, self.draft.text, self._controller.state.agent) if conversation else None
        return asked is not None and asked.approved is None

    def acknowledge(self) -> None:
        """Take in that the agent has read the newest message."""
        self.draft.read_up_to = self._newest()
        self._controller.view.state_changed()

    def outgoing(self) -> Outgoing:
        """Return the draft as it stands, to be sent."""
        draft = self.draft
        current = self._controller.state.current
        return Outgoing(current, draft, draft.text.strip(), draft.key, draft.suggestion, self._newest())

    async def send(self, outgoing: Outgoing, reasons: tuple[c.PassedWarning, ...] = ()) -> Outcome:
        """Send a draft. It stays in the composer until the desk has it."""
        current, draft, text = outgoing.conversation, outgoing.draft, outgoing.text
        if not text or draft.sending:
            return Outcome(sent=False)
        conversation = self._controller.state.conversations.get(current)
        granted = approval_of(conversation, text, self._controller.state.agent) if conversation else None
        approval = granted.id if granted and granted.approved else ""
        body = c.SendMessage(text, outgoing.key, outgoing.suggestion, reasons, approval, outgoing.seen)
        desk = self._controller.desk
        draft.sending, draft.seen_out = text, False
        self._controller.view.state_changed()
        try:
            result = await desk.send(current, body)
        except Unreachable:
            if not draft.seen_out:
                draft.attempted = text
                raise
            result = c.SendResult(sent=True)
        finally:
            draft.sending = ""
            self._controller.view.state_changed()
        if not result.sent:
            draft.flags = result.flags
            blocks = tuple(f for f in result.flags if f.severity is Severity.BLOCK)
            warnings = tuple(f for f in result.flags if f.severity is Severity.WARN)
            return Outcome(sent=False, warnings=warnings, blocks=blocks)
        draft.sent(draft.text if draft.text.strip() == text else text)
        self._controller.rewriting.leave(current)
        self._save.ask()
        if current == self._controller.state.current:
            self._controller.view.draft_replaced()
        return Outcome(sent=True)

    def follow(self, event: Event) -> None:
        """Take in the next event: a text of ours may be with the customer."""
        if isinstance(event.data, MessageAdded) and event.actor == f"agent:{self._controller.state.agent}":
            self._went_out(event.conversation, event.data.text)

    def _went_out(self, conversation: str, text: str) -> None:
        """Put the draft away that was sent as the connection broke, and did go out."""
        draft = self._drafts.get(conversation)
        if draft is not None and draft.sending == text:
            draft.seen_out = True
        if draft is None or not draft.attempted or draft.attempted != text:
            return
        draft.sent(draft.text if draft.text.strip() == text else text)
        self._save.ask()
        if conversation == self._controller.state.current:
            self._controller.view.draft_replaced()
            self._controller.view.announce("Your last message did go out; the draft is put away.")

    async def ask_approval(self, reason: str) -> None:
        """Ask a lead to let the draft go out as it stands."""
        body = c.RequestApproval(self.draft.text.strip(), reason)
        await self._controller.desk.ask_approval(self._controller.state.current, body)

    def restore(self, conversation: str, text: str) -> bool:
        """Take in the draft as the desk has it; one being written here goes first. Return whether it replaced ours."""
        draft = self._drafts.setdefault(conversation, Draft())
        ours, draft.saved = draft.text, text
        if ours or not text:
            return False
        draft.text = text
        draft.began_at = ""
        state = self._controller.state.conversations.get(conversation)
        last = state.last_customer_message if state else None
        draft.began_at = last.id if last else ""
        return True

    def save_soon(self) -> None:
        """Save what the desk lacks."""
        if self.unsaved:
            self._save.ask()

    async def save(self) -> None:
        """Give the desk every draft it lacks; what fails is tried again with the next change or connection."""
        for name, draft in list(self._drafts.items()):
            if not name or not draft.dirty:
                continue
            text = draft.text
            try:
                await self._controller.desk.save_draft(name, c.SaveDraft(text))
            except DeskError:
                return
            draft.saved = text
            self._controller.view.state_changed()

    async def check(self) -> None:
        """Learn which flags the draft would raise."""
        draft, text, current = self.draft, self.draft.text.strip(), self._controller.state.current
        flags: tuple[Flag, ...] = ()
        if text:
            try:
                flags = await self._controller.desk.check(current, c.CheckDraft(text))
            except DeskError:
                return
        if draft.text.strip() == text and draft.flags != flags:
            draft.flags = flags
            self._controller.view.state_changed()

    def fetch_completions_soon(self) -> None:
        """Fetch the sentences for this turn; several turns at once are one fetch."""
        self._fetch.ask()

    async def _fetch_completions(self) -> None:
        current = self._controller.state.current
        if not current:
            return
        try:
            found = await self._controller.desk.completions(current)
        except DeskError:
            return  # ghost text is a convenience; without it the composer is whole
        self._completions[current] = found

    def _say_typing(self) -> None:
        current = self._controller.state.current
        if self._typing_in != current:
            before, self._typing_in = self._typing_in, current
            if before:
                Later(0, lambda: self._tell_typing(before, active=False)).ask()
            Later(0, lambda: self._tell_typing(current, active=True)).ask()
        self._quiet.ask()

    async def _stop_typing(self) -> None:
        conversation, self._typing_in = self._typing_in, ""
        await self._tell_typing(conversation, active=False)

    async def _tell_typing(self, conversation: str, *, active: bool) -> None:
        try:
            await self._controller.desk.typing(conversation, c.Typing(active))
        except DeskError:
            return  # nobody waits for this

    def _newest(self) -> str:
        conversation = self._controller.conversation
        last = conversation.last_customer_message if conversation else None
        return last.id if last else ""
