"""Which suggestions stand on the screen: new ones never replace those the agent has begun to work with."""

from dataclasses import dataclass

from console.conversation.assistance import Suggestion


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
