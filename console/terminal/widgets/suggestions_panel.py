"""The suggested replies in fixed places. What stands there changes only when the agent's hands are off it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from console.conversation.assist_fold import Rating
from console.conversation.assistance import Decision, NextStep, Suggestion
from console.terminal.port import WritingSeen
from console.terminal.shelf import Shelf
from console.terminal.styles import beside
from console.terminal.widgets.clickable import button
from console.terminal.widgets.next_step_line import NextStepLine
from console.terminal.widgets.panel import Panel
from console.terminal.widgets.suggestion_card import SuggestionCard

PLACES: Final = 4
"""Three for the engine's replies, and one for a language model's draft."""


@dataclass(frozen=True)
class SuggestionsView:
    """What the panel shows: the shelf, what became of each suggestion, the customer's newest message."""

    shelf: Shelf = field(default_factory=Shelf)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    ratings: Mapping[str, Rating] = field(default_factory=dict)
    newest: str = ""
    remark: str = ""
    mine: bool = False
    """Whether the agent has the conversation; what stands there when they take it is looked at anew."""
    writing: WritingSeen | None = None
    """The draft that is being written, or why none came."""
    fewer: str = ""
    """Why fewer replies are shown than there were; empty where all are."""
    step: NextStep | None = None
    """What was done in similar past conversations."""


class SuggestionsPanel(Panel):
    """Places for replies; posts :class:`SuggestionsPanel.Hands` and :class:`SuggestionsPanel.Seen`."""

    TITLE = "Suggested replies"
    DEFAULT_CSS = beside(__file__)

    class Hands(Message):
        """The cursor or the focus came to the suggestions, or left them."""

        def __init__(self, *, on: bool) -> None:
            super().__init__()
            self.on = on

    class Seen(Message):
        """These suggestions really stand on the screen."""

        def __init__(self, suggestions: tuple[str, ...]) -> None:
            super().__init__()
            self.suggestions = suggestions

    def __init__(self) -> None:
        super().__init__()
        self._view = SuggestionsView()
        self._writing: WritingSeen | None = None
        self._hands = False
        self._words = self._fewer = ""
        self._looked_at: tuple[tuple[Suggestion, ...], bool] = ((), False)

    def compose(self) -> ComposeResult:
        """Lay out the next step, the places, and the line for when there is nothing in them."""
        yield NextStepLine()
        yield Static(id="remark")
        with VerticalScroll(id="cards", can_focus=False):
            for number in range(1, PLACES + 1):
                yield SuggestionCard(number)
        yield Static(id="writing")
        yield Static(id="fewer")

    def on_mount(self) -> None:
        """Begin empty."""
        super().on_mount()
        for card in self.query(SuggestionCard):
            card.add_class("-empty")

    def show(self, view: SuggestionsView) -> None:
        """Show this."""
        shelf = view.shelf
        for place, card in enumerate(self.query(SuggestionCard)):
            suggestion = shelf.shown[place] if place < len(shelf.shown) else None
            name = suggestion.id if suggestion else ""
            card.show(suggestion, view.decisions.get(name), view.ratings.get(name))
        self._view = view
        if not self._hands:  # the line coming or going would move the cards under them
            self.query_one(NextStepLine).show(view.step)
        remark = self.query_one("#remark", Static)
        remark.display = not shelf.shown
        words = view.remark or "No reply fits what is known."
        if words != self._words:  # an update is a layout of the whole screen
            self._words = words
            remark.update(Content.styled(words, "$text-muted"))
        self._say_fewer(view.fewer)
        self._head(view)
        self._show_writing(view.writing)
        if (shelf.shown, view.mine) != self._looked_at:
            self._looked_at = (shelf.shown, view.mine)
            self.call_after_refresh(self.look)

    def on_show(self) -> None:
        """Look again when the panel comes into view."""
        self.call_after_refresh(self.look)

    def on_suggestion_card_laid_out(self, event: SuggestionCard.LaidOut) -> None:
        """Look again: a card that was filled before it had a place stands on the screen from now."""
        event.stop()
        self.call_after_refresh(self.look)

    def look_soon(self) -> None:
        """Report what stands on the screen once it is painted."""
        self.call_after_refresh(self.look)

    def look(self) -> None:
        """Report which suggestions stand on the screen."""
        if not self.is_attached or self.app.screen is not self.screen:
            return
        seen = tuple(c.suggestion.id for c in self.query(SuggestionCard) if c.suggestion and self._visible(c))
        if seen:
            self.post_message(self.Seen(seen))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Hands on."""
        self._feel()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Hands off, unless the mouse is here."""
        self.call_after_refresh(self._feel)

    def on_enter(self, event: events.Enter) -> None:
        """Hands on."""
        self._feel()

    def on_leave(self, event: events.Leave) -> None:
        """Hands off, unless the focus is here."""
        self._feel()

    def _feel(self) -> None:
        on = self.is_mouse_over or self.has_focus_within
        if on != self._hands:
            self._hands = on
            if not on:
                self.query_one(NextStepLine).show(self._view.step)
            self.post_message(self.Hands(on=on))

    def _visible(self, card: SuggestionCard) -> bool:
        parts = (part for part in card.ancestors_with_self if isinstance(part, Widget))
        if not card.is_on_screen or not all(part.display for part in parts):  # its old place is kept for a moment
            return False
        return self.screen.find_widget(card).visible_region.height > 1

    def _show_writing(self, writing: WritingSeen | None) -> None:
        if writing == self._writing:
            return
        self._writing = writing
        line = self.query_one("#writing", Static)
        line.display = writing is not None
        if writing is not None:
            line.update(_written(writing))

    def _say_fewer(self, words: str) -> None:
        """One muted line on why fewer replies are shown, with the way back; nothing otherwise."""
        if words != self._fewer:
            self._fewer = words
            line = self.query_one("#fewer", Static)
            line.display = bool(words)
            back = button("screen.restore_replies", "All again", "Alt+V")
            line.update(Content.assemble((words, "$text-muted"), " ", back))

    def _head(self, view: SuggestionsView) -> None:
        shelf = view.shelf
        writing = " · a draft is being written …" if view.writing is not None and not view.writing.over else ""
        if shelf.waiting:
            self.border_title = f"{self.TITLE} · [reverse][@click=screen.renew] new suggestions · Alt+R to show [/][/]"
        elif not shelf.shown:
            self.retitle(writing.removeprefix(" · "))
        elif shelf.overtaken_by(view.newest):
            self.retitle(f"for {shelf.turn}, customer wrote since{writing}")
        else:
            self.retitle(f"for {shelf.turn}{writing}")


def _written(writing: WritingSeen) -> Content:
    """Return what is said of a draft on its way: nothing of it can be taken."""
    if writing.over:
        return Content.styled(writing.why, "$text-muted")
    return Content.assemble(
        ("… writing, not yet to be taken  ", "bold $text-primary"),
        (writing.text, "italic $text-muted"),
    )
