"""A draft behaviour, as the file it is to become, to be changed."""

from collections.abc import Iterable

from textual.widget import Widget

from console.conversation.behaviour_drafts import BehaviourDraft
from console.terminal.screens.dialog import Dialog, words
from console.terminal.widgets.writing_area import WritingArea


class BehaviourDialog(Dialog[str]):
    """Returns the changed text, or ``None``."""

    HEADING = "Draft behaviour"
    CONFIRM = "Save and try"
    LEAVE = "Back, unsaved"
    WIDE = True
    TALL = True
    AUTO_FOCUS = "#text"

    def __init__(self, draft: BehaviourDraft) -> None:
        super().__init__()
        self._draft = draft

    def body(self) -> Iterable[Widget]:
        """Return the text area."""
        yield words(
            f"{self._draft.intent}.toml: saved, it is tried on past conversations. Nothing is published.", "-label"
        )
        yield WritingArea(self._draft.text, id="text", compact=True)

    def answer(self) -> str:
        """Return the text."""
        text = self.query_one("#text", WritingArea).text.strip()
        if not text:
            message = "An empty file is no behaviour; reject the draft instead."
            raise ValueError(message)
        return f"{text}\n"
