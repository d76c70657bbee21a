"""Opens the dialogs and waits for their answers.

Their modules are imported when first needed, so that the first paint does not wait for them.
"""

from typing import TYPE_CHECKING, TypeVar

from console.conversation.assist_fold import Rating
from console.conversation.assistance import Citation, Flag, SourceType, Suggestion, SummaryLine
from console.conversation.commands import PassedWarning, Source
from console.conversation.state import Approval, Conversation
from console.terminal.controller import Controller
from console.terminal.words import doubts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from console.conversation.boundary_commands import MarkBotAnswer
    from console.conversation.drafts import ArticleDraft
    from console.conversation.message import Message
    from console.conversation.packet import Packet
    from console.terminal.app import ConsoleApp
    from console.terminal.packet_rows import Chosen
    from console.terminal.screens.approvals import ApprovalsScreen
    from console.terminal.screens.dialog import Dialog
    from console.terminal.screens.lead_step import Place
    from console.terminal.screens.review_views import Trail
    from console.terminal.screens.rewrite_dialog import Wanted

_T = TypeVar("_T")


class Dialogs:
    """Every dialog of the console. Those that wait must be called from a worker."""

    def __init__(self, app: "ConsoleApp", controller: Controller) -> None:
        self._app = app
        self._controller = controller
        self._approvals: ApprovalsScreen | None = None
        self._followed: dict[str, int] = {}
        self._trail: Trail | None = None
        """Where the lead was in the review when they went to a transcript."""

    async def reasons(self, flags: tuple[Flag, ...]) -> tuple[PassedWarning, ...] | None:
        """Ask for a reason for each warning."""
        from console.terminal.screens.reasons import ReasonsDialog

        return await self._ask(ReasonsDialog(flags))

    async def blocked(self, flags: tuple[Flag, ...], text: str, refused: Approval | None) -> str | None:
        """Ask whether a lead is to approve the text, or overrides it; ``refused`` is a lead's earlier no to it."""
        from console.terminal.screens.blocked import BlockedDialog, OverrideDialog

        kind = OverrideDialog if self._controller.leads else BlockedDialog
        return await self._ask(kind(flags, text, refused))

    async def dismissal(self, flag: Flag) -> str | None:
        """Ask why a flag does not apply."""
        from console.terminal.screens.dismissal import DismissalDialog

        return await self._ask(DismissalDialog(flag))

    async def allowing(self) -> str | None:
        """Ask why assistance may come into what is reserved for people."""
        from console.terminal.screens.allowing import AllowingDialog

        return await self._ask(AllowingDialog(self._controller.conversation))

    async def marking(self, answers: "Sequence[Message]", message: str) -> "MarkBotAnswer | None":
        """Ask whether an answer of the bot was right; ``message`` is the one that is meant."""
        from console.terminal.screens.bot_marking import BotMarkingDialog

        conversation = self._controller.conversation
        return await self._ask(BotMarkingDialog(answers, message, conversation.boundary.marks if conversation else {}))

    async def correction(self, line: SummaryLine) -> None:
        """Ask for the right words of a summary line, and let them stand."""
        from console.terminal.screens.correction import CorrectionDialog

        shown, said = line.text if line.said != line.text else "", line.said or line.text
        text = await self._ask(CorrectionDialog(line))
        if text is None or text == shown:
            return
        await self._controller.correct_summary(line, text)
        if not text:
            self._app.announce("The line is removed. Its place below the summary brings it back.")
        elif text == said:
            self._app.announce("The line says again what the second chair said.")

    async def note(self, conversation: str) -> str | None:
        """Ask for an internal note; what was begun stands there the next time."""
        from console.terminal.screens.note import NoteDialog

        return await self._ask(NoteDialog(conversation, self._controller.notes))

    async def giving_back(self) -> str | None:
        """Ask whether to give the conversation back, and what the next colleague should know."""
        from console.terminal.screens.giving_back import GivingBackDialog

        return await self._ask(GivingBackDialog())

    async def rating(self, suggestion: Suggestion, stars: int = 0) -> None:
        """Ask for a mark and give it; a click on a star gives it at once."""
        from console.conversation.commands import Rate
        from console.terminal.screens.rating import RatingDialog

        conversation = self._controller.conversation
        known = conversation.ratings.get(suggestion.id) if conversation else None
        rating = Rating(known.thumb, known.stars, known.reason) if known else Rating()
        if stars:
            await self._controller.rate(Rate(suggestion.id, rating.thumb, stars, rating.reason))
            return
        answer = await self._ask(RatingDialog(suggestion, rating))
        if answer is not None:
            await self._controller.rate(answer)

    async def rewrite(self) -> "Wanted | None":
        """Ask how to rewrite the draft."""
        from console.terminal.screens.rewrite_dialog import RewriteDialog

        return await self._ask(RewriteDialog())

    async def own_password(self) -> None:
        """Ask for another password of the agent's own; who has none is told why."""
        from console.conversation.sign_in_commands import ChangePassword
        from console.terminal.screens.own_password import OwnPasswordDialog

        desk = self._controller.desk
        if why := (await desk.password_standing()).why_not:
            self._app.announce(f"{why[:1].upper()}{why[1:]}.")
        elif await self._ask(OwnPasswordDialog(lambda old, new: desk.change_password(ChangePassword(old, new)))):
            self._app.announce("Your password is changed. Wherever else you were signed in, you no longer are.")

    async def leaving(self) -> bool:
        """Ask whether to quit though text would be lost."""
        from console.terminal.screens.leaving import LeavingDialog

        return await self._ask(LeavingDialog()) is True

    def sources(self, citations: tuple[Citation, ...], doubts: tuple[str, ...] = ()) -> None:
        """Open the sources of something; ``doubts`` say what of it they do not bear out."""
        from console.terminal.screens.source import SourceScreen

        self._app.push_screen(SourceScreen(citations, self._source, doubts=doubts), self._insert)

    def message(self, name: str) -> None:
        """Open a message of the conversation on the screen, over whatever dialog asks for it."""
        from console.terminal.screens.source import SourceScreen

        conversation = self._controller.conversation
        message = conversation.message(name) if conversation else None
        if message is not None:
            cited = Citation(SourceType.MESSAGE, message.id, message.text, f"Message {message.id}")
            self._app.push_screen(SourceScreen((cited,), self._source, quotable=False))

    def support(self, suggestion: Suggestion) -> None:
        """Open what a reply rests on, and what of it rests on nothing."""
        self.sources(suggestion.sources, doubts(suggestion))

    def search(self) -> None:
        """Open the look-up."""
        from console.terminal.screens.search import SearchScreen

        screen = SearchScreen("", self._controller.search, self._controller.source)

        def done(passage: str | None) -> None:
            if screen.in_vain:
                self._app.main.do(lambda: self._controller.looked_up(screen.in_vain), group="looked-up")
            self._insert(passage)

        self._app.push_screen(screen, done)

    def record(self, conversation: Conversation) -> None:
        """Open the customer's record."""
        from console.terminal.screens.record import RecordScreen

        own = self._controller.mine
        self._app.push_screen(RecordScreen(conversation, quality=own), self._open)

    def packet(self, conversation: Conversation, packet: "Packet", done: "Callable[[Chosen | None], None]") -> None:
        """Open a hand-over packet; ``done`` is told what the agent chose."""
        from console.terminal.screens.packet import PacketScreen

        self._app.push_screen(PacketScreen(conversation, packet, mine=self._controller.mine), done)

    def approvals(self) -> None:
        """Open the texts that wait for a lead."""
        from console.terminal.screens.approvals import ApprovalsScreen

        self._followed = self._controller.state.asking()
        self._approvals = ApprovalsScreen(self._controller.pending_approvals, self._controller.decide)
        self._app.push_screen(self._approvals, self._left_approvals)

    def upkeep(self) -> None:
        """Open what the knowledge base lacks."""
        from console.terminal.screens.upkeep import UpkeepScreen

        controller = self._controller
        screen = UpkeepScreen(
            lambda: controller.desk, controller.source, reviews=controller.reviews, leads=controller.leads
        )
        self._app.push_screen(screen, self._open)

    def review(self) -> None:
        """Open the review where one was before reading a transcript; for trainers, that of quality alone."""
        from console.terminal.screens.marking import MarkingScreen
        from console.terminal.screens.review import ReviewScreen

        trail, self._trail = self._trail, None
        kind = ReviewScreen if self._controller.leads else MarkingScreen
        screen = kind(lambda: self._controller.desk, trail)

        def left(place: "Place | None") -> None:
            if place is not None:
                self._trail = screen.trail
                self._app.main.show_at(place.conversation, place.message)

        self._app.push_screen(screen, left)

    def chat_marks(self, conversation: str) -> None:
        """Open the marks of a closed conversation; in the midst of the blind sample, that: it shows no marks."""
        from console.terminal.screens.marking import ChatMarkingScreen
        from console.terminal.screens.quality_steps import QueueStep

        trail = self._trail
        if (
            trail
            and isinstance(trail.here, QueueStep)
            and trail.cursors.get(trail.here, "").startswith(f"{conversation} ")
        ):
            self.review()
            return

        def left(place: "Place | None") -> None:
            if place is not None:
                self._app.main.show_at(place.conversation, place.message)

        self._app.push_screen(ChatMarkingScreen(lambda: self._controller.desk, conversation), left)

    def design(self) -> None:
        """Open the drafts that a designer decides on."""
        from console.terminal.screens.design import DesignScreen

        self._app.push_screen(DesignScreen(lambda: self._controller.desk))

    async def draft(self, draft: "ArticleDraft") -> None:
        """Open a draft article."""
        from console.terminal.screens.draft import DraftScreen

        left = await self._ask(DraftScreen(draft, lambda: self._controller.desk, leads=self._controller.leads))
        if left is not None and not left.id:
            self._app.announce("Nothing of the draft was kept. Alt+Y drafts it again.")

    def state_changed(self) -> None:
        """Let the dialog that is open follow, when what it shows may have changed."""
        asking = self._controller.state.asking()
        if self._approvals is not None and self._approvals.is_mounted and asking != self._followed:
            self._followed = asking
            self._approvals.follow()

    def help(self) -> None:
        """Open the help."""
        from console.terminal.screens.help import HelpScreen

        self._app.push_screen(HelpScreen())

    async def _source(self, citation: Citation) -> Source:
        """Return the whole source of a citation; a message of the conversation on the screen is at hand."""
        conversation = self._controller.conversation
        message = conversation.message(citation.id) if conversation and citation.type is SourceType.MESSAGE else None
        if message is None:
            return await self._controller.source(citation)
        start = max(0, message.text.find(citation.passage))
        end = start + len(citation.passage) if citation.passage in message.text else start
        return Source(citation.type, message.id, f"Message {message.id}", message.text, start, end)

    def _left_approvals(self, _: str | None) -> None:
        self._approvals = None

    def _open(self, conversation: str | None) -> None:
        if conversation:
            self._app.main.do(lambda: self._controller.open(conversation), group="open")
            self._app.main.to_composer()

    def _insert(self, passage: str | None) -> None:
        if passage:
            self._app.main.insert_quote(passage)

    async def _ask(self, dialog: "Dialog[_T]") -> _T | None:
        answer: _T | None = await self._app.push_screen_wait(dialog)
        return answer
