"""Why suggestions were changed, in the lead's review: by group, by reason, and down to what was changed in each."""

from dataclasses import dataclass
from typing import ClassVar, Final

from textual.content import Content

from console.conversation.edits import AskedEdits, Edited, Edits, Reason
from console.conversation.reviews import By, Exchanges, Share
from console.terminal.port import Desk
from console.terminal.screens.lead_step import LeadStep
from console.terminal.widgets import edit_faces as faces
from console.terminal.widgets.review_faces import exchange_face
from console.terminal.widgets.row_list import Row, remark

SAVED: Final = "saved"
_TITLES: Final = {
    By.ALL: "All",
    By.KIND: "By kind",
    By.SOURCE: "By source",
    By.SECTION: "By section",
    By.INTENT: "By intent",
    By.TEAM: "By team",
    By.ENGINE: "By engine",
}


@dataclass(frozen=True, slots=True)
class EditsStep(LeadStep):
    """The edits by group."""

    HELP: ClassVar[str] = (
        "Why agents changed what was suggested, read from the words that were taken out and put in; and the seconds "
        "that suggestions save, as far as that can be told. Enter goes down to the edits themselves."
    )

    async def load(self, desk: Desk, weeks: int) -> Edits:
        """Ask for them."""
        return await desk.edits(weeks)

    def rows(self, found: Edits, width: int) -> list[Row]:
        """Return the seconds, and a line for each group."""
        rows = [Row(SAVED, faces.saved_face(found.saved, width))] if found.saved else []
        for by, title in _TITLES.items():
            groups = [group for group in found.groups if group.by is by]
            if groups:
                rows.append(Row(f"title-{by}", faces.head(title, width), idle=True))
            rows += [Row(f"{by} {group.name}", faces.group_face(group, width)) for group in groups]
        return rows or [remark("Nothing was changed in these weeks.", width)]

    def detail(self, found: Edits, key: str, width: int) -> Content:
        """Return the shares of a group, or the seconds."""
        if key == SAVED and found.saved:
            return faces.saved_detail(found.saved, width)
        group = _at(found, key)
        return faces.group_detail(group, width) if group else Content("")

    def standing(self, found: Edits) -> str:
        """Return what it is of."""
        return faces.standing(found)

    def next(self, found: Edits, key: str) -> LeadStep | None:
        """Return the reasons of a group."""
        group = _at(found, key)
        return ReasonsStep(group.by, group.name, group.title) if group and not group.withheld else None


@dataclass(frozen=True, slots=True)
class ReasonsStep(LeadStep):
    """The reasons of a group."""

    by: By
    name: str
    said: str

    @property
    def title(self) -> str:
        """The group."""
        return self.said

    async def load(self, desk: Desk, weeks: int) -> Edits:
        """Ask for them."""
        return await desk.edits(weeks)

    def rows(self, found: Edits, width: int) -> list[Row]:
        """Return a line for each reason."""
        group = self._group(found)
        rows = [Row(reason.value, faces.reason_face(reason, share, width)) for reason, share in _reasons(group)]
        return rows or [remark("Nothing was changed.", width)]

    def detail(self, found: Edits, key: str, width: int) -> Content:
        """Return what a share says."""
        share = next((share for reason, share in _reasons(self._group(found)) if reason.value == key), None)
        return faces.reason_detail(Reason(key), share, width) if share else Content("")

    def next(self, found: Edits, key: str) -> LeadStep | None:
        """Return the edits with this reason."""
        del found
        return EditedStep(AskedEdits(self.by, self.name, Reason(key))) if key in set(Reason) else None

    def _group(self, found: Edits) -> Edited | None:
        return next((group for group in found.groups if (group.by, group.name) == (self.by, self.name)), None)


@dataclass(frozen=True, slots=True)
class EditedStep(LeadStep):
    """The edits of a group with one reason."""

    asked: AskedEdits

    @property
    def title(self) -> str:
        """The reason."""
        return f"changed: {self.asked.reason.value}"

    async def load(self, desk: Desk, weeks: int) -> Exchanges:
        """Ask for them; from each the screen leads to its transcript."""
        return await desk.edit_exchanges(weeks, self.asked)

    def rows(self, found: Exchanges, width: int) -> list[Row]:
        """Return a row each."""
        rows = [Row(f"{one.conversation} {one.subject}", exchange_face(one, width)) for one in found.exchanges]
        return rows or [remark("There is nothing of these.", width)]


def _reasons(group: Edited | None) -> tuple[tuple[Reason, Share], ...]:
    return group.reasons if group else ()


def _at(found: Edits, key: str) -> Edited | None:
    by, _, name = key.partition(" ")
    return next((group for group in found.groups if group.by.value == by and group.name == name), None)
