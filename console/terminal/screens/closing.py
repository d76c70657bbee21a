"""How the conversation ended, and what is left behind: proposed at once, edited and confirmed by the agent."""

import uuid
from collections.abc import Awaitable, Callable, Iterable
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, RadioSet, TextArea

from console.conversation.commands import Close
from console.conversation.wrap_up import FilledField, WrapUpProposal
from console.conversation.wrap_up_commands import WrapUpForm
from console.terminal.errors import DeskError
from console.terminal.screens.dialog import Dialog, words
from console.terminal.screens.follow_up_rows import FollowUpRows
from console.terminal.styles import beside
from console.terminal.widgets.choice import Choice, Choices
from console.terminal.widgets.clickable import button
from console.terminal.widgets.field import Field

USUAL: Final = ("answered", "refunded", "replaced", "credited", "passed on", "no reply from the customer")
"""Dispositions offered behind those of past conversations of the kind; any other can be written."""

READING: Final = "Reading the conversation …"
NOTHING: Final = "Nothing in the conversation to propose from: fill it in by hand."
READ: Final = "Proposed from the conversation: change what is not so, ^S closes."


class EndingChoices(Choices):
    """Choices in which Enter confirms the dialog: the cursor has chosen already."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.confirm", "Close", tooltip="Close with what stands here", id="closing-enter")
    ]


class FieldLine(Horizontal):
    """A field of the form: its name, its value to edit, and the messages it comes from."""

    def __init__(self, proposed: FilledField) -> None:
        super().__init__()
        self.proposed = proposed

    def compose(self) -> ComposeResult:
        """Lay the parts out beside each other."""
        yield words(self.proposed.name, "-name")
        yield Input(self.proposed.value, max_length=200, compact=True)
        first = self.proposed.sources[:1]
        yield words(button(f"screen.message('{first[0]}')", first[0]) if first else "", "-source")

    @property
    def filled(self) -> FilledField:
        """The field as it stands; what was written by hand rests on no message."""
        value = self.query_one(Input).value.strip()
        return FilledField(self.proposed.name, value, self.proposed.sources if value == self.proposed.value else ())


class ClosingDialog(Dialog[Close]):
    """Returns how to close, or ``None``; ``unfinished`` says what would be left open.

    ``propose`` asks the desk for a wrap-up; what it says is filled in where the agent has not written yet. ``show``
    shows a message of the conversation.
    """

    HEADING = "Close the conversation"
    CONFIRM = "Close"
    WIDE = True
    DEFAULT_CSS = beside(__file__)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (150, "-broad")]  # noqa: RUF012 - so declared by Textual

    def __init__(
        self,
        unfinished: str = "",
        propose: Callable[[], Awaitable[WrapUpProposal]] | None = None,
        show: Callable[[str], None] = lambda _: None,
    ) -> None:
        super().__init__()
        self._unfinished, self._propose, self._show = unfinished, propose, show
        self._proposed = WrapUpProposal()
        self._offered: tuple[str, ...] = USUAL

    def body(self) -> Iterable[Widget]:
        """Return what is left open, and the parts of the wrap-up."""
        if self._unfinished:
            yield words(self._unfinished, "-warning")
        usual = (Choice(name) for name in USUAL)
        how = Vertical(
            Horizontal(words("Outcome", "-name"), EndingChoices(*usual, id="usual", compact=True), classes="-two"),
            Horizontal(
                words("", "-name"), Field(placeholder="or in your own words", id="own", max_length=80, compact=True)
            ),
            Horizontal(
                words("Resolved?", "-name"),
                EndingChoices(
                    Choice("resolved"), Choice("not resolved"), id="resolved", classes="-beside", compact=True
                ),
            ),
            Horizontal(
                words("Note", "-name"),
                TextArea(placeholder="for colleagues (optional)", id="note", compact=True, tab_behavior="focus"),
                classes="-note",
            ),
            id="how",
        )
        left = Vertical(
            Vertical(id="fields"),
            Horizontal(words("To do", "-name"), FollowUpRows(), id="follow-ups"),
            Horizontal(
                words("", "-name"),
                Field(placeholder="add something to do, then Enter", id="add", max_length=200, compact=True),
            ),
            id="left-behind",
        )
        yield Horizontal(how, left, id="parts")

    def on_mount(self) -> None:
        """Ask for the proposal; the agent can write meanwhile."""
        if self._propose is not None:
            self._say(READING)
            self.run_worker(self._read(self._propose), group="wrap-up", exit_on_error=False)

    async def _read(self, propose: Callable[[], Awaitable[WrapUpProposal]]) -> None:
        try:
            proposal = await propose()
        except DeskError:
            self._say("⚠ Nothing could be proposed: fill it in by hand.")
            return
        await self._fill(proposal)
        self._say(_remark(proposal))

    def _say(self, remark: str) -> None:
        self.query_one("#frame").border_subtitle = remark

    async def _fill(self, proposal: WrapUpProposal) -> None:
        """Put what is proposed where the agent has not written or chosen anything."""
        self._proposed = proposal
        own, note = self.query_one("#own", Input), self.query_one("#note", TextArea)
        usual, resolved = self.query_one("#usual", Choices), self.query_one("#resolved", Choices)
        if usual.pressed_index < 0 and not own.value:
            self._offered = tuple(dict.fromkeys((*proposal.usual, *USUAL)))[: len(USUAL)]
            for choice, name in zip(usual.query(Choice), self._offered, strict=True):
                choice.label = Content(name)
            if proposal.disposition in self._offered:
                list(usual.query(Choice))[self._offered.index(proposal.disposition)].value = True
            else:
                own.value = proposal.disposition
        if proposal.resolved is not None and resolved.pressed_index < 0:
            list(resolved.query(Choice))[0 if proposal.resolved else 1].value = True
        if not note.text.strip():
            note.text = proposal.note_text
        await self.query_one("#fields").mount_all(FieldLine(field) for field in proposal.fields)
        rows = self.query_one(FollowUpRows)
        rows.follow_ups = [*proposal.follow_ups, *rows.follow_ups]

    @on(RadioSet.Changed, "#usual")
    def chosen(self) -> None:
        """Let a choice stand before what was proposed in words."""
        own = self.query_one("#own", Input)
        if own.value == self._proposed.disposition:
            own.value = ""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Show the message behind a field; add a follow-up; from anywhere else, confirm."""
        event.stop()
        line = event.input.parent
        if event.input.id == "add":
            if event.value.strip():
                self.query_one(FollowUpRows).add(uuid.uuid4().hex[:12], event.value.strip())
            event.input.value = ""
        elif isinstance(line, FieldLine) and line.proposed.sources:
            self.action_message(line.proposed.sources[0])
        else:
            self.action_confirm()

    def on_follow_up_rows_asked(self, event: FollowUpRows.Asked) -> None:
        """Show the message behind a follow-up."""
        self.action_message(event.message)

    def action_message(self, message: str) -> None:
        """Show a message of the conversation; what was written here stays."""
        self._show(message)

    def action_row(self, deed: str, place: int) -> None:
        """Do something with a follow-up that was clicked."""
        self.query_one(FollowUpRows).do_with(deed, place)

    def answer(self) -> Close:
        """Return how to close."""
        chosen = self.query_one("#usual", Choices).pressed_index
        disposition = self.query_one("#own", Input).value.strip() or (self._offered[chosen] if chosen >= 0 else "")
        if not disposition:
            message = "Say what came of it: choose one, or write it in your own words."
            raise ValueError(message)
        resolved = self.query_one("#resolved", Choices).pressed_index
        if resolved < 0:
            message = "Say whether the matter is resolved."
            raise ValueError(message)
        fields = tuple(line.filled for line in self.query(FieldLine) if line.filled.value)
        rows = self.query_one(FollowUpRows)
        waiting = self.query_one("#add", Input).value.strip()
        if waiting:  # who wrote it wants it, with or without Enter
            rows.add(uuid.uuid4().hex[:12], waiting)
        note = self.query_one("#note", TextArea).text.strip()
        return Close(disposition, resolved == 0, note, WrapUpForm(fields, rows.kept))


def _remark(proposal: WrapUpProposal) -> str:
    if proposal.silent:
        return f"{proposal.silent} Fill it in by hand."
    if proposal.again:
        return "Begins with what was noted when it was closed before; ^S closes."
    return READ if proposal.note or proposal.fields or proposal.follow_ups or proposal.disposition else NOTHING
