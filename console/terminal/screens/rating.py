"""A mark for a suggestion: stars, a thumb, a reason."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input

from console.conversation.assist_fold import Rating
from console.conversation.assistance import Suggestion
from console.conversation.commands import Rate
from console.terminal.screens.dialog import Dialog, words

MOST = 5
_MEANING = ("no stars", "useless", "poor", "fair", "good", "just right")


class Stars(Widget, can_focus=True):
    """Stars and thumb as a line; 1 to 5, plus and minus set them."""

    HELP = "1 to 5 set the stars, 0 takes them back; + and - are thumbs."
    BINDING_GROUP_TITLE = "Stars"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"stars({n})", f"{n} stars", tooltip=_MEANING[n], id=f"stars-{n}") for n in range(MOST + 1)),
        Binding("plus", "thumb('up')", "Thumb up", tooltip="A good suggestion", id="thumb-up"),
        Binding("minus", "thumb('down')", "Thumb down", tooltip="A bad suggestion", id="thumb-down"),
        Binding("right", "more(1)", "More", tooltip="One star more", id="stars-more"),
        Binding("left", "more(-1)", "Fewer", tooltip="One star fewer", id="stars-fewer"),
    ]

    stars: reactive[int] = reactive(0)
    thumb: reactive[int] = reactive(0)

    def render(self) -> Content:
        """Return the line."""
        row = Content("").join(
            Content.from_markup(f"[@click=stars({n})]{'★' if n <= self.stars else '☆'} [/]") for n in range(1, MOST + 1)
        )
        thumb = {1: "thumb up", -1: "thumb down", 0: "no thumb"}[self.thumb]
        buttons = Content.from_markup("[@click=thumb('up')] + [/] [@click=thumb('down')] – [/]")
        said = Content.styled(f"  {_MEANING[self.stars]}, {thumb}", "$text-muted")
        return Content.assemble(row, "  ", buttons, said)

    def action_stars(self, stars: int) -> None:
        """Set the stars."""
        self.stars = stars

    def action_more(self, by: int) -> None:
        """One more or fewer."""
        self.stars = min(MOST, max(0, self.stars + by))

    def action_thumb(self, direction: str) -> None:
        """Set the thumb, or take the same one back."""
        way = 1 if direction == "up" else -1
        self.thumb = 0 if self.thumb == way else way


class RatingDialog(Dialog[Rate]):
    """Returns the mark, or ``None``."""

    HEADING = "Rate the suggestion"
    CONFIRM = "Rate"

    def __init__(self, suggestion: Suggestion, rating: Rating) -> None:
        super().__init__()
        self._suggestion = suggestion
        self._rating = rating

    def body(self) -> Iterable[Widget]:
        """Return the text, the stars and a line for the reason."""
        yield words(self._suggestion.text, "-quote")
        stars = Stars(classes="-gap")
        stars.stars, stars.thumb = self._rating.stars, self._rating.thumb
        yield stars
        reason = Input(self._rating.reason, placeholder="Reason (optional)", id="reason", max_length=500, compact=True)
        yield reason

    def answer(self) -> Rate:
        """Return the mark."""
        stars = self.query_one(Stars)
        if not stars.stars and not stars.thumb:
            message = "Give one to five stars or a thumb (keys 1 to 5, + and -)."
            raise ValueError(message)
        return Rate(self._suggestion.id, stars.thumb, stars.stars, self.query_one("#reason", Input).value.strip())
