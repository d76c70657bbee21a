"""How to rewrite the draft: a tone, another language, or free words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from textual.widget import Widget
from textual.widgets import Input, RadioSet

from console.terminal.screens.dialog import Dialog, words
from console.terminal.widgets.choice import Choice, Choices

TONES: Final = (
    ("Shorter", "shorter"),
    ("Warmer", "warmer"),
    ("More formal", "formal"),
    ("Simpler words", "simpler"),
)
"""What can be asked for by one word, and the desk's name of it."""

LANGUAGE: Final = len(TONES)
"""The place of the choice of another language; own words stand behind it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the agent wants: a tone, or words; ``title`` says it to them."""

    title: str
    tone: str = ""
    words: str = ""


class RewriteDialog(Dialog[Wanted]):
    """Returns what is wanted, or ``None``."""

    HEADING = "Rewrite your text"
    CONFIRM = "Rewrite"

    def body(self) -> Iterable[Widget]:
        """Return the choices, and a line for words."""
        yield words("Your text stays as it is; the new one appears below it.", "-label")
        choices = [*(title for title, _ in TONES), "In another language …", "In my own words …"]
        yield Choices(*(Choice(name, value=n == 0) for n, name in enumerate(choices)), id="how", compact=True)
        yield Input(
            placeholder="which language, or how: “in French”, “as a list”", id="words", max_length=200, compact=True
        )

    def on_mount(self) -> None:
        """Choose first."""
        self.query_one("#how").focus()

    def on_radio_set_changed(self, event: RadioSet.Changed) -> None:
        """Say what the line is for."""
        line = self.query_one("#words", Input)
        line.placeholder = (
            "which language, for example French" if event.index == LANGUAGE else "how: “as a list”, “less technical”"
        )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter confirms: nothing is lost by it."""
        self.action_confirm()

    def answer(self) -> Wanted:
        """Return what is wanted; words that were written go before a tone."""
        chosen = max(0, self.query_one("#how", Choices).pressed_index)
        said = " ".join(self.query_one("#words", Input).value.split())
        if chosen < LANGUAGE and not said:
            title, tone = TONES[chosen]
            return Wanted(title, tone)
        if not said:
            self.query_one("#words").focus()
            raise ValueError("Write which language." if chosen == LANGUAGE else "Write how it should be.")
        if chosen == LANGUAGE:
            return Wanted(f"in {said}", words=f"Write it in this language: {said}")
        return Wanted(said, words=said)
