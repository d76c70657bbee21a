"""A step of the lead's review that brings what it shows: what the review's own figures do not have.

Such a step is a frozen dataclass that names what is looked at and holds nothing of it. The screen asks it for what the
desk knows (:meth:`LeadStep.load`), keeps that, and gives it back with every other call.
"""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.content import Content
from textual.screen import ModalScreen

from console.terminal.port import Desk
from console.terminal.widgets.row_list import Row

if TYPE_CHECKING:
    from console.terminal.screens.review_views import Behind


@dataclass(frozen=True, slots=True)
class Place:
    """A message of a conversation: where the transcript is to open."""

    conversation: str
    message: str


@dataclass(frozen=True, slots=True)
class Deed:
    """What can be done with the row under the cursor, by its key or its button."""

    name: str
    label: str
    key: str
    adds: bool = False
    """Whether a row may come of it, to which the cursor goes then."""


Ask = Callable[[ModalScreen[Any]], Awaitable[Any]]
"""Shows a dialog and returns what it was left with."""


class LeadStep(ABC):
    """One list of the review's screen, and what is told beside it of the row under the cursor."""

    HELP: ClassVar[str] = ""
    """What the help says of it."""
    OTHERS: ClassVar[str] = "Others"
    """The button that shows the other part of the same, where there is one."""

    WEEKLY: ClassVar[bool] = True
    """Whether what it shows is of the weeks that are chosen (w)."""

    @property
    def title(self) -> str:
        """The step as it stands on the way down; empty for a tab."""
        return ""

    @abstractmethod
    async def load(self, desk: Desk, weeks: int) -> Any:  # noqa: ANN401 - each step has its own
        """Ask the desk. An answer with ``progress`` says how far it is, and is asked for again."""

    @abstractmethod
    def rows(self, found: Any, width: int) -> list[Row]:  # noqa: ANN401
        """Return the rows."""

    def detail(self, found: Any, key: str, width: int) -> Content:  # noqa: ANN401
        """Return what is told of a row."""
        del found, key, width
        return Content("")

    def standing(self, found: Any) -> str:  # noqa: ANN401
        """Return the line above the list of a tab: what it is of."""
        del found
        return ""

    def next(self, found: Any, key: str) -> "LeadStep | Behind | Place | None":  # noqa: ANN401
        """Return the step or the transcript that a row leads to; ``None`` where it leads to none."""
        del found, key
        return None

    def nowhere(self, found: Any, key: str) -> str:  # noqa: ANN401
        """Return what is said to who would go down from a row that leads to none; nothing where that is plain."""
        del found, key
        return ""

    def turned(self) -> "LeadStep | None":
        """Return the step that shows the other part of the same (v); ``None`` where there is none."""
        return None

    def deeds(self, found: Any, key: str) -> tuple[Deed, ...]:  # noqa: ANN401
        """Return what can be done with a row."""
        del found, key
        return ()

    async def do(self, deed: str, found: Any, key: str, desk: Desk, ask: Ask) -> str:  # noqa: ANN401
        """Do one of :meth:`deeds` and return what is said of it; the step is loaded anew afterwards."""
        del deed, found, key, desk, ask
        return ""
