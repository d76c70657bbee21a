"""One suggested reply: its text, what it rests on, and what can be done with it."""

from typing import ClassVar, Literal

from rich.cells import cell_len
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from console.conversation.assist_fold import Rating
from console.conversation.assistance import Decision, Suggestion, Support
from console.conversation.summaries import LLM
from console.terminal.hanging import hang, spread, stack
from console.terminal.marking import marked_reply
from console.terminal.styles import beside
from console.terminal.widgets.clickable import button
from console.terminal.words import DECIDED, cited, doubts, rests_on

CardDeed = Literal["accept", "edit", "override", "source", "up", "down", "rate", "dismiss"]

_SUPPORT_STYLE = {Support.FULL: "$text-success", Support.PARTIAL: "$text-warning", Support.NONE: "bold $text-error"}
STARS = 5


class SuggestionCard(Widget, can_focus=True):
    """A reply in its fixed place; posts :class:`SuggestionCard.Asked`."""

    DEFAULT_CSS = beside(__file__)
    HELP = "A suggested reply. Nothing is sent before you press Ctrl+S yourself."
    BINDING_GROUP_TITLE = "Suggested reply"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,a",
            "screen.reply('accept')",
            "Accept",
            tooltip="Put it into the composer, ready to send",
            id="card-accept",
        ),
        Binding("e", "screen.reply('edit')", "Edit", tooltip="Put it into the composer and write on", id="card-edit"),
        Binding("o", "screen.reply('override')", "Override", tooltip="Write your own instead", id="card-override"),
        Binding("s", "ask('source')", "Source", tooltip="Show what it rests on", id="card-source"),
        Binding("plus", "ask('up')", "Thumb up", tooltip="A good suggestion", id="card-up"),
        Binding("minus", "ask('down')", "Thumb down", tooltip="A bad suggestion", id="card-down"),
        Binding("r", "ask('rate')", "Rate", tooltip="One to five stars, with a reason", id="card-rate"),
        Binding("x,delete", "ask('dismiss')", "Dismiss", tooltip="Put it away", id="card-dismiss"),
        Binding("space", "expand", "Expand", tooltip="Show the whole text, or less", id="card-expand"),
        Binding("down", "app.focus_next", "Next", show=False, tooltip="Next card", id="card-next"),
        Binding("up", "app.focus_previous", "Previous", show=False, tooltip="Previous card", id="card-previous"),
    ]

    class Asked(Message):
        """Something was asked of a suggestion; ``stars`` goes with ``rate`` when a star was clicked."""

        def __init__(self, suggestion: Suggestion, deed: CardDeed, stars: int = 0) -> None:
            super().__init__()
            self.suggestion = suggestion
            self.deed = deed
            self.stars = stars

    def __init__(self, number: int) -> None:
        super().__init__(id=f"card-{number}")
        self.number = number
        self.suggestion: Suggestion | None = None
        self._decision: Decision | None = None
        self._rating = Rating()
        self._expanded = False

    def show(self, suggestion: Suggestion | None, decision: Decision | None, rating: Rating | None) -> None:
        """Show a suggestion with what became of it, or nothing."""
        shown = (suggestion, decision, rating or Rating())
        if shown == (self.suggestion, self._decision, self._rating):
            return
        if suggestion != self.suggestion:
            self._fold()
        self.suggestion, self._decision, self._rating = shown
        self.set_class(suggestion is None, "-empty")
        self.set_class(decision is Decision.DISMISSED, "-dismissed")
        self.refresh(layout=self._expanded)

    def action_ask(self, deed: CardDeed) -> None:
        """Ask the screen to do it."""
        if self.suggestion is not None:
            self.post_message(self.Asked(self.suggestion, deed))

    def action_stars(self, stars: int) -> None:
        """Give it stars."""
        if self.suggestion is not None:
            self.post_message(self.Asked(self.suggestion, "rate", stars))

    def action_expand(self) -> None:
        """Show the whole text, or as much as fits its place."""
        self._expanded = not self._expanded
        self.set_class(self._expanded, "-expanded")
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines of the whole text and its buttons (used when expanded)."""
        return len(self._lines(width, 0))

    class LaidOut(Message):
        """The card has got its place on the screen, or another size."""

    def on_resize(self) -> None:
        """Say so: only now can it be seen."""
        self.post_message(self.LaidOut())

    def render(self) -> RenderResult:
        """Return the card for its present room."""
        room = 0 if self._expanded else max(1, self.size.height - 2)
        return stack(self._lines(self.size.width, room))

    def _lines(self, width: int, most: int) -> list[Content]:
        suggestion = self.suggestion
        if suggestion is None:
            return []
        number = Content.styled(f"{self.number} ", "bold $text-accent")
        if self._decision is Decision.DISMISSED:
            back = f" · Alt+{self.number} takes it all the same"
            return hang(number, Content.assemble(("dismissed", "italic $text-muted"), (back, "$text-muted")), width)
        text = hang(number, marked_reply(suggestion), width, most=most)
        why = [hang(Content("  "), Content.styled(line, "$text-warning"), width) for line in doubts(suggestion)]
        reasons = [line for lines in why for line in lines] if self._expanded else []
        return [*text, self._source(suggestion, width), *reasons, self._buttons(width)]

    def _source(self, suggestion: Suggestion, width: int) -> Content:
        names = list(dict.fromkeys(cited(source) for source in suggestion.sources))
        name = names[0] if names else ""
        if suggestion.kind == LLM:
            name = f"AI draft · {name}" if name else "AI draft"
        more = f" +{len(names) - 1}" if len(names) > 1 else ""
        said = f" · {DECIDED[self._decision]}" if self._decision else ""
        first = "⚑ do it first · " if suggestion.claims else ""
        support = Content.assemble(
            (first, "bold $text-warning"),
            (rests_on(suggestion), _SUPPORT_STYLE[suggestion.support]),
            (said, "bold $text-primary"),
        )
        room = max(0, width - 2 - support.cell_length - 3 - cell_len(more))
        cut = Content(name).truncate(room, ellipsis=True) if name else Content("")
        joint = " · " if name else ""
        return Content.assemble("  ", cut.stylize("$text-muted"), (f"{more}{joint}", "$text-muted"), support)

    def _buttons(self, width: int) -> Content:
        given = self._rating.stars
        stars = Content("").join(
            Content.from_markup(f"[@click=stars({n})]{'★' if n <= given else '☆'}[/]") for n in range(1, STARS + 1)
        )
        thumbs = Content(" ").join(
            Content.from_markup(
                f"[{'reverse bold' if self._rating.thumb == way else 'not bold'}][@click=ask('{deed}')]{sign}[/][/]"
            )
            for deed, sign, way in (("up", "+", 1), ("down", "–", -1))
        )
        left = Content(" ").join(
            [button("ask('accept')", "Accept"), button("ask('edit')", "Edit"), button("ask('override')", "Override")]
        )
        right = Content.assemble(thumbs, " ", stars, " ", Content.from_markup("[@click=ask('dismiss')]×[/]"))
        return Content.assemble("  ", spread(left, right, width - 2))

    def _fold(self) -> None:
        self._expanded = False
        self.remove_class("-expanded")
