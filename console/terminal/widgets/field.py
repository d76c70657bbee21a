"""Fields of a dialog, from which the focus moves before the next key is given out.

Textual's own keys for that wait until the field had them, so what comes in one go (typed fast, or over a slow line)
would stand in the field before.
"""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input


class Field(Input):
    """A field beside others: Tab and Shift+Tab leave it at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "Next", tooltip="Next part", id="field-next", show=False, priority=True),
        Binding(
            "shift+tab", "app.focus_previous", "Back", tooltip="Part before", id="field-back", show=False, priority=True
        ),
    ]


class OnwardField(Field):
    """One that another follows: so does Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "app.focus_next", "Next", tooltip="Next field", id="field-on", show=False, priority=True)
    ]
