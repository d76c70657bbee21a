"""Drafts that leads or the look for routine proposed, for designers: looked at, changed, published or declined."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.content import Content

from console.conversation.behaviour_drafts import BehaviourDraft
from console.conversation.drafts import ArticleDraft, DraftStatus
from console.terminal.port import Desk
from console.terminal.screens.automation_steps import decided, decisions
from console.terminal.screens.lead_step import Ask, Deed, LeadStep
from console.terminal.screens.review import ReviewScreen
from console.terminal.screens.review_views import Step, Trail
from console.terminal.widgets import automation_faces, upkeep_faces
from console.terminal.widgets.row_list import Row, remark

_OPEN: Final = "open"


@dataclass(frozen=True, slots=True)
class Proposals:
    """All drafts, and the weeks whose conversations a changed behaviour is tried on."""

    weeks: int
    behaviours: tuple[BehaviourDraft, ...]
    articles: tuple[ArticleDraft, ...]

    def at(self, key: str) -> BehaviourDraft | ArticleDraft | None:
        """Return a draft by its row."""
        drafts: tuple[BehaviourDraft | ArticleDraft, ...] = (*self.behaviours, *self.articles)
        return next((draft for draft in drafts if draft.id == key), None)


@dataclass(frozen=True, slots=True)
class Proposed(LeadStep):
    """The draft behaviours, and below them the draft articles."""

    HELP: ClassVar[str] = (
        "Drafts that leads or the look for routine proposed. Behaviours: e edits (it is tried anew on past "
        "conversations), p publishes, x rejects with a reason, t takes a decision back. Articles: Enter opens one, to "
        "be changed, published or rejected there. Nothing is published by itself."
    )

    async def load(self, desk: Desk, weeks: int) -> Proposals:
        """Ask the desk."""
        return Proposals(weeks, (await desk.behaviour_drafts()).drafts, (await desk.drafts()).drafts)

    def rows(self, found: Proposals, width: int) -> list[Row]:
        """Return a row each, under a title for either kind."""
        rows = [Row("title-behaviours", automation_faces.drafts_head(width), idle=True)]
        rows += [Row(draft.id, automation_faces.draft_face(draft, width)) for draft in found.behaviours]
        if not found.behaviours:
            rows.append(remark("None. Leads draft behaviours from what could be automated.", width))
        rows.append(Row("title-articles", Content.styled("Draft articles", "bold $text-primary"), idle=True))
        rows += [Row(draft.id, upkeep_faces.draft_face(draft, width)) for draft in found.articles]
        if not found.articles:
            rows.append(remark("None. They are drafted from gaps and from resolved conversations.", width))
        return rows

    def detail(self, found: Proposals, key: str, width: int) -> Content:
        """Return everything of a draft."""
        draft = found.at(key)
        if isinstance(draft, BehaviourDraft):
            return automation_faces.draft_detail(draft, width)
        return upkeep_faces.draft_detail(draft) if draft else Content("")

    def standing(self, found: Proposals) -> str:
        """Return how many wait."""
        behaviours = sum(draft.status is DraftStatus.OPEN for draft in found.behaviours)
        articles = sum(draft.status is DraftStatus.OPEN for draft in found.articles)
        return f"Waiting for a decision: behaviours {behaviours}, articles {articles}"

    def deeds(self, found: Proposals, key: str) -> tuple[Deed, ...]:
        """Return what can be done with a draft."""
        draft = found.at(key)
        if isinstance(draft, BehaviourDraft):
            return decisions(draft)
        return (Deed(_OPEN, "Open draft", "e"),) if draft else ()

    async def do(self, deed: str, found: Proposals, key: str, desk: Desk, ask: Ask) -> str:
        """Do it; an article is decided on in its own dialog."""
        draft = found.at(key)
        if isinstance(draft, BehaviourDraft):
            return await decided(deed, draft, found.weeks, desk, ask)
        if draft is None:
            return ""
        from console.terminal.screens.draft import DraftScreen

        left: ArticleDraft = await ask(DraftScreen(draft, lambda: desk, leads=True)) or draft
        return "" if left == draft else upkeep_faces.draft_standing(left)


class DesignScreen(ReviewScreen):
    """The same screen with the drafts alone: figures are the leads'."""

    HEADING = "Drafts to decide on"
    TABS: ClassVar[dict[str, Step]] = {"Drafts": Proposed()}

    def __init__(self, desk: Callable[[], Desk]) -> None:
        super().__init__(desk, Trail(steps=[Proposed()]))

    def action_choose(self) -> None:
        """Do what comes first with the draft under the cursor."""
        if self._deeds:
            self.action_deed(self._deeds[0].name)

    async def _look(self) -> None:
        self._said = ""
