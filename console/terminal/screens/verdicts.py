"""What a dialog asks of whoever judges: a verdict out of a few, and the reason where it is a bad one."""

from collections.abc import Mapping
from typing import TypeVar

from textual.widget import Widget
from textual.widgets import Input

from console.terminal.widgets.choice import Choices

Verdict = TypeVar("Verdict")


def given(dialog: Widget, verdicts: Mapping[str, Verdict], wrong: Verdict) -> tuple[Verdict, str]:
    """Return the verdict of the choices ``#verdict``, by the id of the one that is chosen, and what ``#reason`` says.

    Raises ``ValueError`` with what is still to be done: nothing is chosen, or ``wrong`` without a reason.
    """
    chosen = dialog.query_one("#verdict", Choices).pressed_button
    if chosen is None:
        raise ValueError("Choose whether it was right (arrow keys, Space).")
    verdict = verdicts[str(chosen.id)]
    reason = dialog.query_one("#reason", Input).value.strip()
    if verdict == wrong and not reason:
        raise ValueError("Write in a few words what is wrong with it.")
    return verdict, reason
