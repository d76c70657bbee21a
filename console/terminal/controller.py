"""The one owner of the console's state: takes in what the desk says, and carries out what the agent wants.

Knows nothing of Textual. Whatever paints is told (:class:`~console.terminal.view.View`) that something changed, and
reads the state. Calls to the desk raise :class:`~console.terminal.errors.DeskError`; the caller shows the message.
"""

import asyncio
import contextlib
import uuid
from datetime import UTC, datetime, timedelta
from typing import Final

from console.conversation import commands as c
from console.conversation.assistance import Citation, Flag, Suggestion, SummaryLine
from console.conversation.events import Event
from console.conversation.message import Status
from console.conversation.people import Presence, Role
from console.conversation.state import Approval, Conversation
from console.terminal.composing import Composing
from console.terminal.connection import Connection, Link
from console.terminal.content_news import content_news
from console.terminal.desk_state import DeskState, News
from console.terminal.errors import DeskError, Unreachable
from console.terminal.forgetting import Forgetting
from console.terminal.link import DeskLink, OpenDesk
from console.terminal.on_screen import OnScreen
from console.terminal.port import Connect, Delivery, Desk, PracticeSeen, TypingSeen, WritingSeen
from console.terminal.practice_news import practice_news
from console.terminal.queueing import Queueing
from console.terminal.rewriting import Rewriting
from console.terminal.shelf import Shelf, answered_since
from console.terminal.task_news import task_news
from console.terminal.view import View

READINESS_EVERY: Final = 1.0
"""Seconds between questions how far the engine has come, while it is getting ready."""


class Controller:
    """State and deeds of one console."""

    def __init__(self, connect: Connect, open_desk: OpenDesk, view: View, *, practising: bool = False) -> None:
        self.practising = practising  # customers are simulated: it is the practice desk that is connected to
        self.state, self.connection = DeskState(), Connection()
        self.was_live = False
        self.hands_on = False
        """Whether the cursor or the focus is on the suggestions right now."""
        self.shelves: dict[str, Shelf] = {}
        self.notes: dict[str, str] = {}
        """Internal notes that were begun, by conversation; kept until the desk has them."""
        self.view = view
        self.link = DeskLink(connect, open_desk, self)
        self.composing = Composing(self)
        self.rewriting = Rewriting(self)
        self.queueing = Queueing(self)
        self._forgetting = Forgetting(self)
        self.on_screen = OnScreen(self)
        self._desk: Desk | None = None
        self.reported: set[tuple[str, str]] = set()
        self._readying: asyncio.Task[None] | None = None
        self.last_open = ""
        """The conversation that was on the screen when the console was closed."""
        self.progress = ""
        """How far the engine has come while it is not ready; empty when it is."""
        self.damage = ""
        """What of the desk's knowledge base cannot be used; empty where all is well."""

    # What the link says

    def connection_changed(self, connection: Connection) -> None:
        """Take in where the link stands."""
        if connection.link is not Link.LIVE:
            self._desk = None
        self.connection = connection
        self.view.state_changed()

    async def started(self, desk: Desk, me: c.Me, page: c.InboxPage) -> int:
        """Take in a fresh connection; after a loss, go on where the stream broke off."""
        self.state.me, self.damage = me, me.damage
        self.state.ahead = me.now - datetime.now(UTC) if me.now else timedelta()
        again, current = self.was_live, self.state.current
        other_log = page.seq < self.state.seq
        if other_log:
            self.state.forget()
        after = self.state.seq or page.seq
        self.state.take_inbox(page)
        self.state.seq = after
        self._desk, self.was_live = desk, True
        self.connection_live()
        self.view.connected()
        if current and current not in self.state.conversations:
            await self.open(current)
        elif not current:
            await self._take_up()
        if again:
            self.view.announce("The desk server was restarted." if other_log else "Connected again; all is in sync.")
        self.composing.save_soon()
        self._follow_readiness(desk)
        await self.on_screen.tell()
        if me.presence is Presence.OFFLINE:
            with contextlib.suppress(DeskError):  # the next connection says it again
                await desk.presence(c.SetPresence(Presence.ONLINE))
        return after

    async def _take_up(self) -> None:
        """Begin where the agent left off: with the conversation that was open last, or their longest waiting one."""
        mine = [row.id for row in self.state.mine()]
        asked = self.last_open if self.practising or self.last_open in mine else ""  # trainers look at anybody's
        if asked or mine:
            await self.open(asked or mine[0])

    def _follow_readiness(self, desk: Desk) -> None:
        if self._readying is not None:
            self._readying.cancel()
        self._readying = asyncio.create_task(self._show_readiness(desk))

    async def _show_readiness(self, desk: Desk) -> None:
        """Show how far the engine has come until it is ready; another connection begins anew."""
        with contextlib.suppress(DeskError):
            while not (now := await desk.readiness()).ready:
                self._say_progress(now.assist)
                await asyncio.sleep(READINESS_EVERY)
        self._say_progress("")

    def _say_progress(self, words: str) -> None:
        if words != self.progress:
            self.progress = words
            self.view.state_changed()

    def connection_live(self) -> None:
        """Show that calls go through; the first measurement follows."""
        self.connection = Connection(Link.LIVE)
        self.view.state_changed()

    def delivered(self, batch: list[Delivery]) -> None:
        """Take in live events."""
        loudest: News | None = None
        for delivery in batch:
            if isinstance(delivery, Event):
                news = self.state.apply(delivery)
                self._forgetting.take(delivery)
                self.composing.follow(delivery)
                self.queueing.whispers.take(delivery)
                told = content_news(delivery.data, leads=self.leads)
                mine = self.state.rows, self.state.agent
                if words := told or task_news(delivery, *mine) or practice_news(delivery, *mine):
                    self.view.announce(words)
                loudest = news if news and (loudest is None or news.mine) else loudest
            elif isinstance(delivery, TypingSeen):
                self.state.apply_typing(delivery)
            elif isinstance(delivery, WritingSeen):
                self.state.apply_writing(delivery)
            elif isinstance(delivery, PracticeSeen):
                self.state.practice_moved += 1
        if batch:
            self.restock()
            if loudest:
                self.view.heard(loudest)
            self.view.state_changed()

    async def stands(self, desk: Desk) -> None:
        """Say what is on the screen, and ask what of the knowledge base cannot be used: neither is in an event."""
        await self.on_screen.tell()
        damage = (await desk.me()).damage
        if damage != self.damage:
            self.damage = damage
            self.view.state_changed()

    @property
    def conversation(self) -> Conversation | None:
        """The conversation on the screen."""
        return self.state.conversation

    @property
    def shelf(self) -> Shelf:
        """The suggestions on the screen."""
        return self.shelves.get(self.state.current, Shelf())

    @property
    def leads(self) -> bool:
        """Whether the agent may decide on approvals."""
        return self.state.me is not None and self.state.me.agent.role in (Role.LEAD, Role.ADMIN)

    @property
    def reviews(self) -> bool:
        """Whether they may see what the knowledge base lacks."""
        return self.leads or (self.state.me is not None and self.state.me.agent.role is Role.TRAINER)

    @property
    def trains(self) -> bool:
        """Whether they train others and have no chats of their own here; where they practise they have."""
        return self.reviews and not self.leads and not self.practising

    @property
    def mine(self) -> bool:
        """Whether the agent has the conversation on the screen."""
        conversation = self.conversation
        return conversation is not None and conversation.agent == self.state.agent and bool(self.state.agent)

    def unsent(self, conversation: str) -> bool:
        """Whether the agent has an unsent draft there, written here or saved by the desk before."""
        if self.composing.knows(conversation):
            return bool(self.composing.kept(conversation).strip())
        return conversation in self.state.drafts

    def restock(self) -> None:
        """Bring the suggestions up to date, as far as the agent's hands allow."""
        conversation = self.conversation
        if conversation is None:
            return
        before = self.shelf
        at_them = self.hands_on and not answered_since(conversation, before.turn)  # what was answered is done with
        engaged = at_them or bool(self.composing.draft.text.strip())
        if conversation.withheld or conversation.dark or conversation.status is Status.CLOSED:
            shelf = Shelf(conversation.suggested_for)
        elif conversation.suggestions or conversation.suggested_for not in (before.turn, before.held_turn):
            shelf = before.offer(conversation.suggested_for, conversation.suggestions, engaged=engaged)
        else:  # the agent has answered: what was shown stays to be rated, what waited is out of date
            shelf = Shelf(before.turn, before.shown)
        if shelf == before:
            return
        self.shelves[conversation.id] = shelf
        if shelf.turn != before.turn or shelf.held_turn != before.held_turn:
            self.composing.fetch_completions_soon()
        self.view.state_changed()

    def let_in(self) -> None:
        """Show the suggestions that wait."""
        self.shelves[self.state.current] = self.shelf.let_in()
        self.view.state_changed()

    def hands(self, *, on: bool) -> None:
        """Take in whether the agent's cursor or focus is on the suggestions."""
        self.hands_on = on
        if not on and not self.composing.draft.text.strip() and self.shelf.waiting:
            self.let_in()

    # What the agent does

    @property
    def desk(self) -> Desk:
        """The desk, when it is reached; raises ``Unreachable`` otherwise."""
        if self._desk is None:
            message = "Desk server not reachable: nothing was sent. What you write is kept."
            raise Unreachable(message)
        return self._desk

    async def open(self, conversation: str) -> None:
        """Put a conversation on the screen; what is known of it shows at once."""
        self.on_screen.show(conversation)
        self.hands_on = False
        self.view.draft_replaced()
        self.view.state_changed()
        if conversation not in self.state.conversations:
            self.state.expect(conversation)
            self.take_page(await self.desk.conversation(conversation))
        self.restock()
        self.composing.fetch_completions_soon()

    async def claim(self, conversation: str) -> None:
        """Take a conversation and put it on the screen."""
        self.state.expect(conversation)
        page = await self.desk.claim(conversation)
        self.on_screen.show(conversation)
        self.take_page(page)
        self.view.draft_replaced()
        self.restock()
        self.composing.fetch_completions_soon()

    def take_page(self, page: c.ConversationPage) -> None:
        """Take in a fetched conversation with its draft."""
        self.state.take_conversation(page.conversation)
        if self.composing.restore(page.conversation.id, page.draft) and page.conversation.id == self.state.current:
            self.view.draft_replaced()
        self.restock()
        self.view.state_changed()

    async def refresh_inbox(self) -> None:
        """Read the inbox again when an event came for a conversation that was not in it."""
        self.state.take_inbox(await self.desk.inbox())
        self.view.state_changed()

    async def take_back(self, conversation: str) -> None:
        """Make one's own parked conversation active again; the event that says so comes with the stream."""
        await self.desk.claim(conversation)

    async def park(self) -> None:
        """Set the conversation aside until the customer writes."""
        await self.desk.release(self.state.current, c.Release(parked=True))

    async def reopen(self, conversation: str) -> None:
        """Take an ended conversation up again."""
        await self.desk.reopen(conversation, c.Reopen("closed by mistake"))
        await self.refresh_inbox()

    async def note(self, conversation: str, text: str) -> None:
        """Write an internal note; it is kept here until the desk has it."""
        self.notes[conversation] = text
        await self.desk.note(conversation, c.AddNote(text, uuid.uuid4().hex))
        if self.notes.get(conversation) == text:
            del self.notes[conversation]

    async def give_back(self, words: str) -> None:
        """Give the conversation back to the queue; what the next colleague should know is left there as a note."""
        conversation = self.state.current
        if words:
            try:
                await self.desk.note(conversation, c.AddNote(words, uuid.uuid4().hex))
            except DeskError:
                self.notes[conversation] = "\n".join(filter(None, (self.notes.get(conversation, ""), words)))
                raise
        await self.desk.release(conversation, c.Release(parked=False, reason=words))

    async def dismiss(self, suggestion: Suggestion, reason: str = "") -> None:
        """Put a suggestion away."""
        await self.desk.dismiss(self.state.current, c.Dismiss(suggestion.id, reason))

    async def rate(self, body: c.Rate) -> None:
        """Mark a suggestion."""
        await self.desk.rate(self.state.current, body)

    async def thumb(self, suggestion: Suggestion, way: int) -> None:
        """Give a thumb up (1) or down (-1), keeping the stars; the same thumb again takes it back."""
        conversation = self.conversation
        known = conversation.ratings.get(suggestion.id) if conversation else None
        thumb = 0 if known and known.thumb == way else way
        stars, reason = (known.stars, known.reason) if known else (0, "")
        await self.rate(c.Rate(suggestion.id, thumb, stars, reason))

    async def toggle_assistance(self) -> bool:
        """Hide assistance for the conversation on the screen, or show it again; return whether it is hidden now."""
        conversation = self.conversation
        hidden = conversation is None or not conversation.hidden
        await self.desk.set_assistance(self.state.current, c.SetAssistance(hidden))
        return hidden

    async def dismiss_flag(self, flag: Flag, reason: str) -> None:
        """Judge that a flag does not apply."""
        await self.desk.dismiss_flag(self.state.current, c.DismissFlag(flag.id, reason))

    async def correct_summary(self, line: SummaryLine, text: str) -> None:
        """Put a line of the summary right; an empty text takes it out, the second chair's own restores it."""
        body = c.CorrectSummary(line.kind, line.sources, line.said or line.text, text)
        await self.desk.correct_summary(self.state.current, body)

    async def report_shown(self, suggestions: tuple[str, ...]) -> None:
        """Report suggestions that really stand on the screen, each once, of a conversation that the agent has."""
        conversation, turn = self.state.current, self.shelf.turn
        new = tuple(s for s in suggestions if (conversation, s) not in self.reported)
        if not new or self._desk is None or not self.mine:
            return
        self.reported.update((conversation, s) for s in new)
        try:
            await self._desk.shown(conversation, c.Shown(turn, new))
        except DeskError:
            self.reported.difference_update((conversation, s) for s in new)

    async def change_presence(self) -> Presence:
        """Go on a break, or come back from one; return what it is now."""
        agent = self.state.agent
        resting = self.state.presences.get(agent) is Presence.BREAK
        presence = Presence.ONLINE if resting else Presence.BREAK
        await self.desk.presence(c.SetPresence(presence))
        self.state.presences[agent] = presence
        self.view.state_changed()
        return presence

    async def search(self, query: str) -> c.SearchResult:
        """Look something up by hand."""
        return await self.desk.search(query)

    async def source(self, citation: Citation) -> c.Source:
        """Return the whole source of a citation."""
        return await self.desk.source(citation.type, citation.id, citation.passage)

    async def looked_up(self, query: str) -> None:
        """Say that a look-up by hand found no answer; it is no matter when that fails."""
        with contextlib.suppress(DeskError):
            await self.desk.looked_up(c.LookedUp(query, self.state.current))

    async def pending_approvals(self) -> list[tuple[Conversation, Approval]]:
        """Return every text that waits for a lead, oldest first, with its conversation."""
        found: list[tuple[Conversation, Approval]] = []
        for row in [row for row in self.state.rows.values() if row.approvals]:
            page = await self.desk.conversation(row.id)
            found += [(page.conversation, a) for a in page.conversation.approvals.values() if a.approved is None]
        return sorted(found, key=lambda pair: pair[1].at)

    async def decide(self, conversation: str, approval: str, body: c.DecideApproval) -> None:
        """Answer a request for approval."""
        await self.desk.decide_approval(conversation, approval, body)
