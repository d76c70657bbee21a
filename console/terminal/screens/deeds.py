"""What the main screen does when a key is pressed or a button clicked. The controller does the work."""

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TYPE_CHECKING

from textual.screen import Screen

from console.conversation import commands as c
from console.conversation import upkeep_commands as u
from console.conversation.assistance import Citation, Flag, KnowledgeHit, SourceType, Suggestion
from console.conversation.message import Status
from console.conversation.passages import as_message, stands_in
from console.conversation.people import Presence
from console.terminal import painting
from console.terminal.composing import Outcome, Outgoing
from console.terminal.controller import Controller
from console.terminal.errors import DeskError
from console.terminal.widgets.composer import Composer
from console.terminal.widgets.suggestion_card import SuggestionCard
from console.terminal.widgets.transcript import Transcript

if TYPE_CHECKING:
    from console.terminal.app import ConsoleApp

UNREAD = 0.7
"""Seconds after a passage was inserted in which nothing is sent: what inserts it in the look-up is what sends here."""


class Deeds(Screen[None]):
    """The ``action_…`` methods of :mod:`console.terminal.actions`."""

    def __init__(self, controller: Controller) -> None:
        super().__init__()
        self.controller = controller
        self._closed_last = ""
        self._bound_for = "chat"
        """The part that the focus is on its way to."""
        self._inserted = -UNREAD
        """When a passage was put into the draft."""

    @property
    def console(self) -> "ConsoleApp":
        """The app, typed."""
        from console.terminal.app import ConsoleApp

        app = self.app
        if not isinstance(app, ConsoleApp):  # the screen belongs to that app alone
            message = f"MainScreen needs a ConsoleApp, not {type(app).__name__}"
            raise TypeError(message)
        return app

    def do(self, work: Callable[[], Awaitable[object]], *, group: str = "deed", done: str = "") -> None:
        """Do something that asks the desk, off the key press; say what went wrong, or ``done``."""

        async def guarded() -> None:
            try:
                await work()
            except DeskError as error:
                self.console.announce(str(error), "error")
            else:
                if done:
                    self.console.announce(done)

        self.run_worker(guarded(), group=group, exit_on_error=False)

    def to_composer(self) -> None:
        """Show the composer and bring the focus there at once: the next key is written."""
        self._bound_for = "chat"
        self.console.show_view("chat")
        self.set_focus(self.query_one(Composer).area)

    # Replies

    def action_send(self) -> None:
        """Send the draft; a draft overtaken by the customer asks to be read against the new message first."""
        composing = self.controller.composing
        if not composing.draft.text.strip():
            self.console.announce("There is nothing to send yet.")
        elif monotonic() - self._inserted < UNREAD:
            self.console.announce("This is in your text now. Read it, then Ctrl+S sends.")
        elif why := painting.why_not_send(self.controller):
            self.console.announce(f"Not sent: {why}. Your text is kept.", "warning")
        elif composing.waits_for_lead():
            self.console.announce("A lead has not decided on this text yet. It can go out once they approve it.")
        elif composing.overtaken():
            self.action_acknowledge()
            self.console.announce("The customer wrote since you began. Read it, then Ctrl+S sends.", "warning")
        else:
            outgoing = composing.outgoing()
            self.do(lambda: self._send(outgoing), group="send")

    async def _send(self, outgoing: Outgoing) -> None:
        composing = self.controller.composing
        conversation = self.controller.state.conversations.get(outgoing.conversation)
        parked = conversation is not None and conversation.status is Status.PARKED
        outcome = await composing.send(outgoing)
        reasons: tuple[c.PassedWarning, ...] | None = None
        while not outcome.sent and (outcome.blocks or outcome.warnings):
            if outcome.blocks:
                reasons = await self._blocked(outcome)
                if reasons is None:
                    return
            else:
                reasons = await self.console.dialogs.reasons(outcome.warnings)
                if reasons is None:
                    self.to_composer()
                    return
            outcome = await composing.send(outgoing, reasons)
        if outcome.sent and parked:
            await self.controller.take_back(outgoing.conversation)
            self.console.announce("Sent. The conversation was parked; it is active again.")

    async def _blocked(self, outcome: Outcome) -> tuple[c.PassedWarning, ...] | None:
        """Return the reasons by which a lead overrides what blocks; else ask a lead, where the agent wants that."""
        text = self.controller.composing.draft.text
        flags = (*outcome.blocks, *outcome.warnings)
        reason = await self.console.dialogs.blocked(flags, text, painting.refused(self.controller, text))
        if reason is None:
            self.to_composer()
            return None
        if self.controller.leads:
            return tuple(c.PassedWarning(flag.id, reason) for flag in flags)
        await self.controller.composing.ask_approval(reason)
        self.console.announce("A lead was asked. The text stays here; you can go on with others.")
        return None

    def action_take(self, place: int) -> None:
        """Put a suggested reply into the composer."""
        shown = self.controller.shelf.shown
        if place < len(shown):
            self.take(shown[place])
        else:
            self.console.announce(f"There is no reply {place + 1} right now.")

    def take(self, suggestion: Suggestion, *, edit: bool = False) -> None:
        """Put a suggestion into the composer; what stood there can be brought back with Ctrl+Z."""
        if not self.controller.mine:
            self.console.announce("Claim the conversation before you write (Alt+C).", "warning")
            return
        composer = self.query_one(Composer)
        lost = composer.area.text.strip()
        text = self.controller.composing.take(suggestion)
        composer.area.replace_all(text)
        self.to_composer()
        if lost and lost != text:
            self.console.announce("Your text was replaced; Ctrl+Z brings it back.")
        if not edit:
            self.console.state_changed()

    def action_override(self) -> None:
        """Write one's own answer instead of the focused or first suggestion."""
        suggestion = self._suggestion()
        if suggestion is None:
            self.to_composer()
            return
        self.override(suggestion)

    def override(self, suggestion: Suggestion) -> None:
        """Begin an answer of one's own in place of this suggestion."""
        composer = self.query_one(Composer)
        if composer.area.text.strip():
            composer.area.replace_all("")
            self.console.announce("Your text was set aside; Ctrl+Z brings it back.")
        self.controller.composing.write("")
        self.controller.composing.override(suggestion)
        self.to_composer()
        self.console.state_changed()

    def action_source(self) -> None:
        """Show what the focused, taken or first suggestion rests on."""
        suggestion = self._suggestion()
        if suggestion is None or not suggestion.sources:
            self.console.announce("There is no suggestion with a source right now.")
            return
        self.console.dialogs.support(suggestion)

    def show_sources(self, citations: tuple[Citation, ...]) -> None:
        """Open the sources of something."""
        self.console.dialogs.sources(citations)

    def open_hit(self, hit: KnowledgeHit) -> None:
        """Open an article at its passage."""
        self.show_sources((Citation(SourceType.ARTICLE, hit.document, hit.passage, hit.title),))

    def open_policy(self, flag: Flag) -> None:
        """Open the policy behind a flag."""
        self.show_sources((Citation(SourceType.POLICY, flag.policy, flag.clause, flag.title),))

    def insert_quote(self, text: str) -> None:
        """Put a passage into the composer where the cursor stands, unless the draft has it already."""
        area, passage = self.query_one(Composer).area, as_message(text)
        if not self.controller.mine:
            self.console.announce("Take a conversation first: nothing was inserted.")
        elif stands_in(passage, area.text):
            self.console.announce("Your text has that passage already.")
        else:
            area.put_in(passage)
            self.hold_sending()
        self.to_composer()

    def hold_sending(self) -> None:
        """Send nothing for a moment: the key that put a text into the draft may still be going down."""
        self._inserted = monotonic()

    def action_rate(self) -> None:
        """Rate the focused, taken or first suggestion."""
        suggestion = self._suggestion()
        if suggestion is None:
            self.console.announce("There is no suggestion to rate right now.")
            return
        self.rate(suggestion)

    def rate(self, suggestion: Suggestion, stars: int = 0) -> None:
        """Ask for a mark, beginning with ``stars``."""
        self.do(lambda: self.console.dialogs.rating(suggestion, stars))

    def action_renew(self) -> None:
        """Let the newer suggestions in."""
        self.controller.let_in()

    def action_use_approved(self) -> None:
        """Put the text that a lead approved into the composer."""
        conversation = self.controller.conversation
        agent = self.controller.state.agent
        asked = conversation.approvals.values() if conversation else ()
        granted = [a for a in asked if a.agent == agent and a.approved and not a.used]
        if granted:
            self.query_one(Composer).area.replace_all(granted[-1].text)
            self.to_composer()
        else:
            self.console.announce("No lead has approved a text here.")

    def action_compose(self) -> None:
        """Go to the composer."""
        self.to_composer()

    def action_acknowledge(self) -> None:
        """Go to the message that overtook the draft."""
        newest = self.controller.composing.overtaken()
        self.console.show_view("chat")
        if newest:
            self.query_one(Transcript).jump_to(newest)
        self.controller.composing.acknowledge()

    # Looking

    def action_view(self, view: str) -> None:
        """Go to a part of the screen, showing it where the screen is too narrow for all."""
        self.console.go_to(view)

    def action_search(self) -> None:
        """Look something up by hand."""
        self.console.dialogs.search()

    def action_customer(self) -> None:
        """Show the customer's record."""
        if self.controller.conversation is not None:
            self.console.dialogs.record(self.controller.conversation)

    def action_newest(self) -> None:
        """Go to the newest message."""
        self.query_one(Transcript).newest()

    # The conversation

    def action_claim(self) -> None:
        """Take the conversation on the screen."""
        current = self.controller.state.current
        if current:
            self.claim(current)

    def claim(self, conversation: str) -> None:
        """Take a conversation."""

        async def take() -> None:
            await self.controller.claim(conversation)
            self.to_composer()

        self.do(take, group="open")

    def action_note(self) -> None:
        """Write an internal note."""

        async def write() -> None:
            conversation = self.controller.state.current
            text = await self.console.dialogs.note(conversation)
            if text:
                await self.controller.note(conversation, text)

        self._with_conversation(write)

    def action_park(self) -> None:
        """Set the conversation aside until the customer writes."""
        self._with_conversation(self.controller.park, done="Parked until the customer writes.")

    def action_release(self) -> None:
        """Give the conversation back to the queue, after asking what the next colleague should know."""

        async def give_back() -> None:
            words = await self.console.dialogs.giving_back()
            if words is not None:
                await self.controller.give_back(words)
                self.console.announce("Given back to the queue.")

        self._with_conversation(give_back)

    def action_reopen(self) -> None:
        """Take up again the conversation on the screen, or else the one closed last."""
        conversation = self.controller.conversation
        on_screen = conversation.id if conversation and conversation.status is Status.CLOSED else ""
        wanted = on_screen or self._closed_last
        if wanted:
            self.do(lambda: self.controller.reopen(wanted), done="Reopened.")
        else:
            self.console.announce("No conversation was closed here.")

    def action_article(self) -> None:
        """Draft an article from the resolved conversation on the screen, or else the one closed last."""
        conversation = self.controller.conversation
        on_screen = conversation.id if conversation and conversation.status is Status.CLOSED else ""
        wanted = on_screen or self._closed_last

        async def write() -> None:
            draft = await self.controller.desk.draft_article(u.DraftArticle(wanted, keep=False))
            await self.console.dialogs.draft(draft)

        if wanted:
            self.do(write)
        else:
            self.console.announce("An article is drafted from a conversation that was closed as resolved.")

    def _with_conversation(self, work: Callable[[], Awaitable[object]], done: str = "") -> None:
        if self.controller.mine:
            self.do(work, done=done)
        else:
            self.console.announce("That needs a conversation of your own: claim one first (Alt+C, Alt+W).", "warning")

    # The desk

    def action_presence(self) -> None:
        """Go on a break, or come back."""

        async def change() -> None:
            presence = await self.controller.change_presence()
            resting = presence is Presence.BREAK
            self.console.announce("On break: no new conversations are offered to you." if resting else "Back online.")

        self.do(change)

    def action_approvals(self) -> None:
        """Show the texts that wait for a lead."""
        if self.controller.leads:
            self.console.dialogs.approvals()
        else:
            self.console.announce("Only leads decide on texts that a policy blocks.")

    def action_upkeep(self) -> None:
        """Show what the knowledge base lacks, and draft articles."""
        self.console.dialogs.upkeep()

    def action_review(self) -> None:
        """Show whether the suggestions are any good; trainers see quality, designers the drafts to decide on."""
        if self.controller.reviews:
            self.console.dialogs.review()
        elif self.controller.state.designs:
            self.console.dialogs.design()
        else:
            self.console.announce("Only leads review the suggestions; trainers, how good chats were.")

    def action_own_password(self) -> None:
        """Change one's own password, or be told why there is none."""
        self.do(self.console.dialogs.own_password)

    def action_theme(self) -> None:
        """Change between light and dark."""
        self.console.toggle_theme()

    def action_bell(self) -> None:
        """Ring for a new message, or not."""
        self.console.toggle_bell()

    def action_retry(self) -> None:
        """Try to reach the desk at once."""
        self.controller.link.try_now()

    def action_help(self) -> None:
        """Show all keys."""
        self.console.dialogs.help()

    def _suggestion(self) -> Suggestion | None:
        """The suggestion meant: the focused card's, else the one taken into the draft, else the first."""
        focused = self.focused
        if isinstance(focused, SuggestionCard) and focused.suggestion is not None:
            return focused.suggestion
        conversation = self.controller.conversation
        taken = conversation.offered.get(self.controller.composing.draft.suggestion) if conversation else None
        return taken or next(iter(self.controller.shelf.shown), None)
