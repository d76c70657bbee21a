"""Whatever paints, as the controller sees it."""

from typing import Literal, Protocol

from console.terminal.desk_state import News

Weight = Literal["information", "warning", "error"]


class View(Protocol):
    """What paints."""

    def state_changed(self) -> None:
        """Something changed; paint it when convenient. Many calls may be one painting."""

    def announce(self, text: str, weight: Weight = "information") -> None:
        """Tell the agent something in passing."""

    def heard(self, news: News) -> None:
        """A customer wrote."""

    def draft_replaced(self) -> None:
        """The draft of the conversation on the screen is another text now; show that one."""

    def close_all(self) -> None:
        """Close what stands open over the desk: it may show what was erased."""

    def connected(self) -> None:
        """A connection was made: say what has to be said before anything else."""
