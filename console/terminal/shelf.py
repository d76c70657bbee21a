"""Which suggestions stand on the screen: new ones never replace those the agent has begun to work with."""

from dataclasses import dataclass
from itertools import takewhile

from console.conversation.assistance import Suggestion
from console.conversation.message import Author
from console.conversation.state import Conversation


@dataclass(frozen=True, slots=True)
class Shelf:
    """The suggestions shown, for message ``turn``, and newer ones that wait to be let in."""

    turn: str = ""
    shown: tuple[Suggestion, ...] = ()
    held_turn: str = ""
    held: tuple[Suggestion, ...] | None = None

    def offer(self, turn: str, suggestions: tuple[Suggestion, ...], *, engaged: bool) -> "Shelf":
        """Return the shelf after the desk suggested these.

        They are shown at once unless the agent is ``engaged`` with the old ones (cursor or focus on them, or a draft
        begun); then they wait. The same suggestions again change nothing.
        """
        if suggestions == self.shown and turn == self.turn:
            return Shelf(self.turn, self.shown)
        if self.shown and engaged:
            return Shelf(self.turn, self.shown, turn, suggestions)
        return Shelf(turn, suggestions)

    def let_in(self) -> "Shelf":
        """Return the shelf with the waiting suggestions shown."""
        return self if self.held is None else Shelf(self.held_turn, self.held)

    @property
    def waiting(self) -> bool:
        """Whether newer suggestions wait."""
        return self.held is not None

    def overtaken_by(self, message: str) -> bool:
        """Whether a message, the customer's newest, came after the one that these are for.

        What the bot says on handing over comes after the customer's words, and they are for both.
        """
        return place_of(message) > place_of(self.turn)


def place_of(message: str) -> int:
    """Return which message of its conversation an id names, counted from 1; 0 for none."""
    number = message.removeprefix("m")
    return int(number) if number.isdecimal() else 0


def answered_since(conversation: Conversation, turn: str) -> bool:
    """Return whether the agent has answered after the message ``turn``."""
    later = takewhile(lambda message: message.id != turn, reversed(conversation.messages))
    return any(message.role is Author.AGENT for message in later)
