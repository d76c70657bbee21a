"""The hand-over packet on one screen, before the agent's first word."""

from collections.abc import Iterable
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from console.conversation.packet import Packet
from console.conversation.state import Conversation
from console.terminal.packet_rows import Chosen, conversation_of, message_of, packet_rows
from console.terminal.screens.dialog import Dialog
from console.terminal.styles import beside
from console.terminal.widgets.row_list import RowList

_AROUND: Final = 3
"""Lines of the screen that are not the packet's: the border, the buttons."""


class PacketLines(RowList):
    """The lines of the packet."""

    HELP = (
        "Enter on a line shows the message or the chat it is about; what you type goes into the composer. What has no "
        "room is further down."
    )
    BINDING_GROUP_TITLE = "Hand-over"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "choose", "Show the message", tooltip="Go to the message this line rests on", id="packet-jump"
        ),
        Binding("pagedown", "page(1)", "Read on", tooltip="Scroll to what is further down", id="packet-down"),
        Binding("pageup", "page(-1)", "Read back", tooltip="Scroll up again", id="packet-up"),
    ]

    class Scrolled(Message):
        """Other lines are in view."""

    def action_page(self, way: int) -> None:
        """Scroll by as many lines as are in view, but for one that stays."""
        self.scroll_relative(y=way * max(1, self.size.height - 1), animate=False, force=True)

    def action_edge(self, first: int) -> None:
        """Go to the first (1) or last (0) row, and to that end of the page."""
        super().action_edge(first)
        if first:
            self.scroll_home(animate=False)
        else:
            self.scroll_end(animate=False)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Scroll, and tell it."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Scrolled())


class PacketScreen(Dialog[Chosen]):
    """Shows the packet; returns what the agent chose, or ``None``."""

    HEADING = "Hand-over"
    CONFIRM = "Use first sentence"
    LEAVE = "Go on"
    WIDE = True
    TALL = True
    DEFAULT_CSS = beside(__file__)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "alt+1",
            "take",
            "Use first sentence",
            tooltip="Put the first sentence into the composer",
            id="packet-take",
        ),
        Binding("f5,alt+6", "leave", "Go on", tooltip="Close the packet", show=False, id="packet-leave"),
    ]

    def __init__(self, conversation: Conversation, packet: Packet, *, mine: bool) -> None:
        """``mine`` says whether the agent has the conversation, and so may take the first sentence."""
        super().__init__()
        self._conversation, self._packet = conversation, packet
        self._takes = mine and packet.opening is not None

    def body(self) -> Iterable[Widget]:
        """Return the lines."""
        yield PacketLines()

    def on_mount(self) -> None:
        """Let the keys move over the lines."""
        self.query_one("#buttons").mount(Static(id="further"))
        self.query_one("#frame").border_title = f"Hand-over · {self._conversation.customer.shown}"
        self.query_one("#confirm").display = self._takes
        self.query_one(PacketLines).focus()

    def told(self, words: str) -> None:
        """Show words at the foot of the frame."""
        self.query_one("#frame").border_subtitle = words

    def on_resize(self) -> None:
        """Fit the lines to the screen."""
        self.call_after_refresh(self._paint)

    def on_packet_lines_scrolled(self) -> None:
        """Say how much more there is."""
        self._tell_further()

    @property
    def further(self) -> str:
        """What the sign beside the buttons says of the lines that are out of view; empty where all are seen."""
        lines = self.query_one(PacketLines)
        below = lines.virtual_size.height - lines.size.height - lines.scroll_offset.y
        if below > 0:
            return f"▼ {below} more line{'s' if below > 1 else ''} · PgDn"
        return "▲ the end · PgUp" if lines.scroll_offset.y else ""

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Go to the message of the line, if it has one."""
        event.stop()
        message = message_of(event.key).partition(",")[0]
        if other := conversation_of(event.key):
            self.dismiss(Chosen(conversation=other))
        elif message:
            self.dismiss(Chosen(message=message))

    def on_key(self, event: events.Key) -> None:
        """Hand on what is typed: who begins to write is done with reading."""
        if event.is_printable and event.character:
            event.stop()
            self.dismiss(Chosen(typed=event.character))

    def action_confirm(self) -> None:
        """Take the first sentence by the key that sends elsewhere."""
        self.action_take(sends=True)

    def action_take(self, *, sends: bool = False) -> None:
        """Take the first sentence; say where there is none to take."""
        if self._takes:
            self.dismiss(Chosen(take=True, sends=sends))
        else:
            self.told("There is no first sentence to use here: Esc goes on, or just write.")

    def _paint(self) -> None:
        lines = self.query_one(PacketLines)
        held, most = lines.highlighted, max(1, self.size.height - _AROUND)
        lines.show_rows(packet_rows(self._conversation, self._packet, max(20, lines.room), most))
        lines.styles.height = min(most, lines.virtual_size.height)
        if held is None:
            lines.find_row()
        self.call_after_refresh(self._tell_further)

    def _tell_further(self) -> None:
        for sign in self.query("#further").results(Static):
            sign.update(Content(self.further))
