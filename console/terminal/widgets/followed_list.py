"""A list of rows beside which stands what is known of the one under the cursor."""

from textual.message import Message

from console.terminal.widgets.row_list import RowList


class FollowedList(RowList):
    """Rows; posts :class:`FollowedList.Moved`, too, when the cursor goes to another."""

    class Moved(Message):
        """The cursor stands on another row."""

    def watch_highlighted(self, old: int | None, new: int | None) -> None:
        """Keep the row in view, and say so."""
        super().watch_highlighted(old, new)
        self.post_message(self.Moved())
