"""The sources of suggested replies in the lead's review: what is not worth suggesting is retired from here."""

from dataclasses import dataclass
from typing import ClassVar

from textual.content import Content

from console.conversation.sources import SourceFigures, Sources
from console.terminal.port import Desk
from console.terminal.screens.lead_step import Ask, Deed, LeadStep
from console.terminal.screens.source_numbers import SourceNumbers
from console.terminal.widgets import source_faces as faces
from console.terminal.widgets.row_list import Row, remark

RETIRE, BACK, ALL = "retire", "back", "all"
_MAY = ("macro:", "article:")


@dataclass(frozen=True, slots=True)
class SourcesStep(LeadStep):
    """All sources, the most doubtful first."""

    HELP: ClassVar[str] = (
        "The macros and articles that replies came from, the most doubtful first: ⚑ marks what is surely followed by "
        "trouble more often than the others of its kind, ▽ what is surely taken less. Enter opens its numbers, and "
        "from each the exchanges that it counts. k retires a macro or an article, and brings a retired "
        "one back."
    )

    async def load(self, desk: Desk, weeks: int) -> Sources:
        """Ask for them."""
        return await desk.reply_sources(weeks)

    def rows(self, found: Sources, width: int) -> list[Row]:
        """Return a row each."""
        if not found.sources:
            return [remark("Nothing was decided on in these weeks.", width)]
        rows = [Row(one.source, faces.source_face(one, width)) for one in found.sources]
        return [*rows, Row(ALL, faces.all_face(found, width))]

    def detail(self, found: Sources, key: str, width: int) -> Content:
        """Return what speaks for and against it."""
        one = _at(found, key)
        if key == ALL:
            return faces.all_detail(found, width)
        return faces.source_detail(one, found, width) if one else Content("")

    def standing(self, found: Sources) -> str:
        """Return what it is of."""
        return faces.standing(found)

    def next(self, found: Sources, key: str) -> SourceNumbers | None:
        """Return the numbers of the source, from which its conversations are reached."""
        one = _at(found, key)
        if key == ALL:
            return SourceNumbers("")
        return SourceNumbers(one.source) if one and one.taken.of else None

    def deeds(self, found: Sources, key: str) -> tuple[Deed, ...]:
        """Return that it can be retired, or brought back."""
        one = _at(found, key)
        if one is None or not one.source.startswith(_MAY):
            return ()
        return (Deed(BACK, "Bring back", "k"),) if one.retired else (Deed(RETIRE, "Retire", "k"),)

    async def do(self, deed: str, found: Sources, key: str, desk: Desk, ask: Ask) -> str:
        """Retire it, asked first; or bring it back."""
        from console.terminal.screens.sure import SureDialog

        if deed == BACK:
            await desk.bring_source_back(key)
            return f"{key} is suggested again."
        said = (
            f"No reply is suggested from {key} any more, to anybody, on any server. It stays in the content, and can "
            "still be searched. The change is marked, so that before and after are compared; k brings it back."
        )
        if not await ask(SureDialog("Retire this source?", said, "Retire")):
            return ""
        await desk.retire_source(key)
        return f"{key} is retired. Tab “Changes” compares before and after."


def _at(found: Sources, key: str) -> SourceFigures | None:
    return next((one for one in found.sources if one.source == key), None)
