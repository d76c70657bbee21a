"""What customers asked in vain, in the lead's review: an article is drafted and approved from here."""

from dataclasses import dataclass
from typing import ClassVar

from textual.content import Content

from console.conversation import upkeep_commands as u
from console.conversation.drafts import ArticleDraft, DraftStatus
from console.conversation.upkeep import Answered, Gap, Gaps
from console.terminal.errors import Refused
from console.terminal.port import Desk
from console.terminal.screens.lead_step import Ask, Deed, LeadStep, Place
from console.terminal.widgets import gap_rows as faces
from console.terminal.widgets.row_list import Row, remark

DRAFT = "draft"
_OPEN, _MENDED = "gap ", "mended "


@dataclass(frozen=True, slots=True)
class GapsStep(LeadStep):
    """The gaps, the weightiest first, and what articles answer by now."""

    HELP: ClassVar[str] = (
        "What customers asked and no article answers, the weightiest first, with how many asked in each week. d drafts "
        "an article from the best answers that agents gave; Enter goes to where it was asked. Below stands what "
        "articles answer by now. All of it, with what was put aside: Alt+L."
    )
    WEEKLY: ClassVar[bool] = False

    async def load(self, desk: Desk, weeks: int) -> Gaps:
        """Ask for them; they are of the last 90 days."""
        del weeks
        return await desk.gaps()

    def rows(self, found: Gaps, width: int) -> list[Row]:
        """Return a row each."""
        rows = [Row(f"{_OPEN}{gap.question}", faces.open_face(gap, width)) for gap in found.gaps]
        if found.mended:
            rows.append(Row("title-mended", Content.styled("Answered by now", "bold $text-primary"), idle=True))
        rows += [Row(f"{_MENDED}{one.article}", faces.mended_face(one, width)) for one in found.mended]
        return rows or [remark("No gaps: whatever was asked lately, an article answers it.", width)]

    def detail(self, found: Gaps, key: str, width: int) -> Content:
        """Return everything about a gap, or about what is answered by now."""
        one = _at(found, key)
        if isinstance(one, Gap):
            return faces.open_detail(one, width)
        return faces.mended_detail(one, width) if one else Content("")

    def standing(self, found: Gaps) -> str:
        """Return what it is of."""
        away = sum(gap.questions for gap in found.aside)
        aside = f" ({away:,} put aside)" if away else ""
        each = f"{found.asked - found.answered:,} open{aside}, {found.answered:,} answered by now"
        return f"{found.asked:,} questions asked in vain in {found.days} days: {each}"

    def next(self, found: Gaps, key: str) -> LeadStep | Place | None:
        """Return where it was asked last."""
        one = _at(found, key)
        examples = one.examples if isinstance(one, Gap) else ()
        return next((Place(x.conversation, x.message) for x in examples if x.conversation), None)

    def deeds(self, found: Gaps, key: str) -> tuple[Deed, ...]:
        """Return that an article can be drafted."""
        return (Deed(DRAFT, "Draft article", "d"),) if isinstance(_at(found, key), Gap) else ()

    async def do(self, deed: str, found: Gaps, key: str, desk: Desk, ask: Ask) -> str:
        """Draft an article of the best answers given; it is edited and approved in its own dialog."""
        del deed
        gap = _at(found, key)
        if not isinstance(gap, Gap):
            return ""
        wanted = u.article_for(gap)
        if wanted is None:
            raise Refused("It was looked up outside of a conversation: there is nothing to draft from.")
        return await _decided(await desk.draft_article(wanted), wanted, desk, ask)


async def _decided(draft: ArticleDraft, wanted: u.DraftArticle, desk: Desk, ask: Ask) -> str:
    """Let the lead decide on a draft, and return what is said of it."""
    from console.terminal.screens.draft import DraftScreen

    left: ArticleDraft | None = await ask(DraftScreen(draft, lambda: desk, leads=True, wanted=wanted))
    draft = left or draft
    if not draft.id:
        return "Nothing of the draft was kept."
    if draft.status is DraftStatus.APPROVED:
        return f"{draft.file} is published, and the change is marked. Alt+L takes it back."
    return "The draft is kept: Alt+L has it, under Drafts."


def _at(found: Gaps, key: str) -> Gap | Answered | None:
    if key.startswith(_OPEN):
        return next((gap for gap in found.gaps if f"{_OPEN}{gap.question}" == key), None)
    return next((one for one in found.mended if f"{_MENDED}{one.article}" == key), None)
