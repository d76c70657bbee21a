"""The main screen: inbox, conversation with its composer, and the second chair beside it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.command import Provider
from textual.containers import Grid, Vertical
from textual.widget import Widget

from console.conversation.assistance import Suggestion, SummaryLine
from console.conversation.message import Status
from console.terminal import painting
from console.terminal.actions import DEEDS
from console.terminal.controller import Controller
from console.terminal.doing import doing
from console.terminal.palette import Deeds as DeedPalette
from console.terminal.screens.boundary import BoundaryDeeds
from console.terminal.screens.files import FileDeeds
from console.terminal.screens.handing_over import HandingOver
from console.terminal.screens.hushing import Hushing
from console.terminal.screens.lone_keys import LoneKeys
from console.terminal.screens.looking import Looking
from console.terminal.screens.queueing import QueueingDeeds
from console.terminal.screens.rewriting import RewritingDeeds
from console.terminal.screens.tasks import TaskDeeds
from console.terminal.screens.wrapping_up import WrappingUp
from console.terminal.timeline import Entry, Timeline
from console.terminal.widgets.assist import Assist
from console.terminal.widgets.banner import Banner
from console.terminal.widgets.composer import Composer
from console.terminal.widgets.conversation_header import ConversationHeader
from console.terminal.widgets.draft_area import DraftArea
from console.terminal.widgets.flags_panel import FlagView
from console.terminal.widgets.inbox import Inbox, InboxList
from console.terminal.widgets.key_bar import KeyBar
from console.terminal.widgets.knowledge_panel import HitList
from console.terminal.widgets.reply_strip import ReplyStrip
from console.terminal.widgets.suggestion_card import CardDeed, SuggestionCard
from console.terminal.widgets.suggestions_panel import SuggestionsPanel
from console.terminal.widgets.summary_panel import SummaryLines, SummaryPanel
from console.terminal.widgets.top_bar import TopBar
from console.terminal.widgets.transcript import Transcript
from console.terminal.widgets.whisper_line import WhisperLine

BROAD = 180
"""Cells of a screen from which on the inbox has room for more words."""

VIEWS = ("inbox", "chat", "assist")


class MainScreen(
    RewritingDeeds,
    QueueingDeeds,
    Hushing,
    Looking,
    BoundaryDeeds,
    HandingOver,
    FileDeeds,
    TaskDeeds,
    WrappingUp,
    LoneKeys,
):
    """Paints the controller's state and passes on what the agent wants."""

    CSS_PATH = "main.tcss"
    TITLE = "Second Chair"
    AUTO_FOCUS = "InboxList"
    BINDINGS: ClassVar[list[BindingType]] = [deed.binding() for deed in DEEDS if deed.key]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {DeedPalette}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-medium"), (150, "-wide")]  # noqa: RUF012 - so declared by Textual
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-middling"), (50, "-tall")]  # noqa: RUF012

    part = "chat"
    """The part that a narrow screen shows."""

    _left_at: tuple[str, Widget] | None = None
    """Where the focus was when a part that took the whole screen was left, and in which conversation."""

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self._transcript = Timeline()

    def compose(self) -> ComposeResult:
        """Lay out all parts; the width decides which are seen."""
        yield TopBar()
        yield Banner()
        yield WhisperLine()
        with Grid(id="desk"):
            yield Inbox()
            with Vertical(id="chat"):
                yield ConversationHeader()
                yield Transcript()
                yield ReplyStrip()
            yield Assist()
            yield Composer(self.controller.composing)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the conversation in view."""
        self.ready = True
        self.show_part("chat")
        self.load_draft()

    def on_unmount(self) -> None:
        """Paint no more: what the desk still says finds no parts."""
        self.ready = False

    def on_resize(self, event: events.Resize) -> None:
        """Paint the lines that depend on the width."""
        self.set_class(event.size.width >= BROAD, "-broad")
        self.call_after_refresh(self._after_resize)

    def _after_resize(self) -> None:
        self.query_one(TopBar).refresh()
        self.query_one(KeyBar).refresh()
        self.query_one(SuggestionsPanel).look()

    @property
    def focus_chain(self) -> list[Widget]:
        """The parts that Tab goes through: not from a part that takes the whole screen to the draft below it.

        The next single key would be written there.
        """
        chain = super().focus_chain
        if self.part != "chat" and self.has_class("-narrow"):
            return [widget for widget in chain if not isinstance(widget, DraftArea)]
        return chain

    def narrow_for(self, part: str) -> bool:
        """Whether this part has to take the place of another one."""
        return self.has_class("-narrow") or (part == "inbox" and self.has_class("-medium"))

    def focus_part(self, part: str) -> None:
        """Bring the focus to a part, once it is shown."""

        def focus() -> None:
            if self._bound_for != part:
                return  # the agent has gone to the composer meanwhile
            if part == "inbox":
                rows = self.query_one(InboxList)
                self.set_focus(rows)
                rows.find_row()
            else:
                cards = [card for card in self.query(SuggestionCard) if card.suggestion]
                self.set_focus(self._was_at() or (cards[0] if cards else self.query_one(SummaryLines)))

        if part == "chat":
            self.to_composer()
        else:
            self._bound_for = part
            self.call_after_refresh(focus)

    def _was_at(self) -> Widget | None:
        """Return where the agent was in the assist panels before they looked at the chat; a card only if it is full."""
        name, widget = self._left_at or ("", None)
        if widget is None or name != self.controller.state.current or not widget.is_attached or not widget.focusable:
            return None
        return widget

    def show_part(self, part: str) -> None:
        """Show a part of a narrow screen."""
        focused, assist = self.focused, self.query_one(Assist)
        if part != self.part and self.narrow_for(self.part) and focused is not None and assist in focused.ancestors:
            self._left_at = (self.controller.state.current, focused)
        self.part = part
        for name in VIEWS:
            self.set_class(name == part, f"-show-{name}")
        self.paint()

    def paint(self) -> None:
        """Bring every part up to date; each paints only what changed."""
        if not self.ready or not self.query(TopBar):  # while the console closes, its parts go before it does
            return
        controller = self.controller
        conversation = controller.conversation
        self.set_class(conversation is not None and conversation.status is Status.CLOSED, "-closed")
        self.query_one(TopBar).show(painting.top_bar(controller, self.part))
        self.query_one(Banner).show(controller.connection, was_live=controller.was_live)
        self.query_one(WhisperLine).show(painting.whisper(controller))
        self.query_one(Inbox).show(painting.inbox(controller))
        self.query_one(ConversationHeader).show(conversation, mine=controller.mine, reviews=controller.reviews)
        now = doing(conversation, controller.state.typing, datetime.now(UTC) + controller.state.ahead)
        name = conversation.id if conversation else ""
        self.query_one(Transcript).show(name, self._timeline(), now, painting.first_keys(controller))
        self.query_one(Assist).show(painting.assist(controller))
        self.query_one(ReplyStrip).show(painting.strip(controller))
        self.query_one(Composer).show(painting.composer(controller))
        rewrites = controller.state.me is not None and controller.state.me.rewrites
        self.query_one(KeyBar).show(rewrites=rewrites, leads=controller.leads)
        self.hand_over_if_due()
        self.ask_what_is_to_do()

    def load_draft(self) -> None:
        """Show the draft of the conversation on the screen."""
        if self.ready:
            current = self.controller.state.current
            self.query_one(Composer).load(current, self.controller.composing.kept(current))

    def _timeline(self) -> list[Entry]:
        conversation = self.controller.conversation
        if conversation is None:
            return []
        me = self.controller.state.me
        name = me.agent.name if me else ""
        return self._transcript.of(conversation, name)

    # What the parts say

    def on_inbox_chosen(self, event: Inbox.Chosen) -> None:
        """Open a conversation; taking a waiting one."""
        self.console.show_view("chat")
        if event.waiting:
            self.claim(event.conversation)
        else:
            self.do(lambda: self.controller.open(event.conversation), group="open")
            self.to_composer()

    def on_composer_changed(self, event: Composer.Changed) -> None:
        """Show how what was written stands."""
        self.query_one(Composer).show(painting.composer(self.controller))

    def on_draft_area_left(self, event: DraftArea.Left) -> None:
        """Leave the composer for the transcript: no letter is a command there."""
        self.console.show_view("chat")
        self.set_focus(self.query_one("#lines"))

    def action_reply(self, deed: CardDeed) -> None:
        """Do what was asked of the focused suggestion at once: what is typed behind the key comes after it."""
        if isinstance(self.focused, SuggestionCard) and self.focused.suggestion is not None:
            self._do_with(self.focused.suggestion, deed)

    def on_suggestion_card_asked(self, event: SuggestionCard.Asked) -> None:
        """Do what was asked of a suggestion."""
        self._do_with(event.suggestion, event.deed, event.stars)

    def _do_with(self, suggestion: Suggestion, deed: CardDeed, stars: int = 0) -> None:
        match deed:
            case "accept" | "edit":
                self.take(suggestion, edit=deed == "edit")
            case "override":
                self.override(suggestion)
            case "source":
                self.console.dialogs.support(suggestion)
            case "up" | "down":
                self.do(lambda: self.controller.thumb(suggestion, 1 if deed == "up" else -1))
            case "rate":
                self.rate(suggestion, stars)
            case "dismiss":
                shown = self.controller.shelf.shown
                way = f"Alt+{shown.index(suggestion) + 1}" if suggestion in shown else "Alt+R"
                self.do(lambda: self.controller.dismiss(suggestion), done=f"Put away; {way} takes it all the same.")

    def on_suggestions_panel_hands(self, event: SuggestionsPanel.Hands) -> None:
        """Hold new suggestions back while the agent is at the old ones."""
        self.controller.hands(on=event.on)

    def on_suggestions_panel_seen(self, event: SuggestionsPanel.Seen) -> None:
        """Report what was shown."""
        self.do(lambda: self.controller.report_shown(event.suggestions), group="shown")

    def on_reply_strip_seen(self, event: ReplyStrip.Seen) -> None:
        """Report what was shown."""
        self.do(lambda: self.controller.report_shown((event.suggestion,)), group="shown")

    def on_summary_panel_followed(self, event: SummaryPanel.Followed) -> None:
        """Show the message a line was taken from."""
        self._show_message(event.message)

    def show_at(self, conversation: str, message: str) -> None:
        """Open a conversation with a message of it in view."""

        async def show() -> None:
            await self.controller.open(conversation)
            self.paint()
            self._show_message(message)
            self.set_focus(self.query_one("#lines"))

        self.do(show, group="open")

    def _show_message(self, message: str) -> None:
        """Show a message; where the transcript takes the place of what named it, the focus goes along."""
        narrow = self.has_class("-narrow")
        self.console.show_view("chat")
        self.query_one(Transcript).jump_to(message)
        if narrow:
            self.set_focus(self.query_one("#lines"))

    def on_summary_panel_correcting(self, event: SummaryPanel.Correcting) -> None:
        """Ask for the right words of a line."""
        self._correct(event.line)

    def action_correct(self) -> None:
        """Put the line right that has the focus; without one, let the agent choose."""
        panel, lines = self.query_one(SummaryPanel), self.query_one(SummaryLines)
        if panel.chosen is None:
            self.console.announce("There is no summary to correct yet.")
        elif lines.has_focus or panel.count == 1 or painting.why_not_correct(self.controller):
            self._correct(panel.chosen)
        else:
            self.console.show_view("assist")
            self._bound_for = "summary"
            self.call_after_refresh(self._choose_line)
            self.console.announce("Which line? Up and Down choose it, Alt+T again corrects it.")

    def _choose_line(self) -> None:
        if self._bound_for == "summary":
            self.set_focus(self.query_one(SummaryLines))

    def _correct(self, line: SummaryLine) -> None:
        if why := painting.why_not_correct(self.controller):
            self.console.announce(f"Not corrected: {why}.", "warning")
        else:
            self.do(lambda: self.console.dialogs.correction(line))

    def on_hit_list_opened(self, event: HitList.Opened) -> None:
        """Open an article."""
        self.open_hit(event.hit)

    def on_hit_list_quoted(self, event: HitList.Quoted) -> None:
        """Put a passage into the composer."""
        self.insert_quote(event.hit.passage)

    def on_flag_view_asked(self, event: FlagView.Asked) -> None:
        """Do what was asked of a flag."""
        flag = event.flag
        match event.deed:
            case "policy":
                self.open_policy(flag)
            case "message":
                self._show_message(flag.message)
            case "dismiss":

                async def dismiss() -> None:
                    reason = await self.console.dialogs.dismissal(flag)
                    if reason is not None:
                        await self.controller.dismiss_flag(flag, reason)

                self.do(dismiss)
