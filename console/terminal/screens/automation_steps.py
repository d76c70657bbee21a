"""What could be automated, on the review's screen: matters, what is behind them, and draft behaviours."""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from textual.content import Content

from console.conversation.automation import ApproveBehaviour, Automation, EditBehaviour, Matter, RejectBehaviour, Sample
from console.conversation.behaviour_drafts import BehaviourDraft
from console.conversation.drafts import DraftStatus
from console.conversation.upkeep_commands import DraftArticle
from console.terminal.port import Desk
from console.terminal.screens.lead_step import Ask, Deed, LeadStep, Place
from console.terminal.widgets import automation_faces as faces
from console.terminal.widgets.row_list import Row, remark

_DRAFT: Final = "draft "
_WORTH, _USUAL, _PEOPLE = "Worth automating", "Asked again and again", "For people alone"


@dataclass(frozen=True, slots=True)
class Matters(LeadStep):
    """What people ask again and again, what is worth automating first, below the drafts made of it."""

    HELP: ClassVar[str] = (
        "What people ask again and again, the most frequent first, and how much of it was routine: calm, short, "
        "resolved, answered from a usual source. Above stands what is worth automating: surely half of it is routine. "
        "d drafts a behaviour and tries it on past conversations; a drafts an article from one of them. Enter shows "
        "the conversations. Drafts stand above: e edits, x rejects; designers and admins publish (p) and take a "
        "decision back (t), leads see here what became of it. Nothing is published by itself."
    )

    async def load(self, desk: Desk, weeks: int) -> Automation:
        """Ask the desk."""
        return await desk.automation(weeks)

    def rows(self, found: Any, width: int) -> list[Row]:  # noqa: ANN401
        """Return the drafts, and the matters below them."""
        rows = [Row("title-drafts", faces.drafts_head(width), idle=True)] if found.drafts else []
        rows += [Row(f"{_DRAFT}{one.id}", faces.draft_face(one, width)) for one in found.drafts]
        title = ""
        for matter in found.matters:
            above, title = title, _WORTH if matter.worth else _PEOPLE if matter.reserved else _USUAL
            if title != above:
                rows.append(Row(f"title-{title}", faces.matters_head(title, width), idle=True))
            rows.append(Row(matter.id, faces.matter_face(matter, width)))
        if not found.matters:
            rows.append(Row("title-matters", faces.matters_head(_USUAL, width), idle=True))
            rows.append(remark("No question was asked by five and more in these weeks.", width))
        return rows

    def detail(self, found: Any, key: str, width: int) -> Content:  # noqa: ANN401
        """Return everything of a matter or a draft."""
        draft, matter = draft_at(found, key), matter_at(found, key)
        if draft is not None:
            return faces.draft_detail(draft, width, publishes=found.publishes)
        return faces.matter_detail(matter, found, width) if matter else Content("")

    def standing(self, found: Any) -> str:  # noqa: ANN401
        """Return what could be automated at most."""
        return faces.standing(found)

    def next(self, found: Any, key: str) -> LeadStep | None:  # noqa: ANN401
        """Return the conversations of a matter, or those that a draft would have worked wrongly."""
        draft, matter = draft_at(found, key), matter_at(found, key)
        if draft is not None:
            return Wrongly(draft.id, draft.intent) if draft.tried.wrong else None
        return Asked(matter.id, matter.question) if matter and not found.early else None

    def deeds(self, found: Any, key: str) -> tuple[Deed, ...]:  # noqa: ANN401
        """Return what can be done with a matter or a draft."""
        draft, matter = draft_at(found, key), matter_at(found, key)
        if draft is not None:
            return decisions(draft, publishes=found.publishes)
        if matter is None or matter.reserved or found.early:  # it is another one once all of them are read
            return ()
        return Deed("draft", "Draft behaviour", "d"), Deed("article", "Draft article", "a")

    async def do(self, deed: str, found: Any, key: str, desk: Desk, ask: Ask) -> str:  # noqa: ANN401
        """Do it."""
        draft, matter = draft_at(found, key), matter_at(found, key)
        if draft is not None:
            return await decided(deed, draft, found.weeks, desk, ask)
        if matter is None:
            return ""
        if deed == "article":
            return await _article(matter, desk)
        made = await desk.draft_behaviour(found.weeks, matter.id)
        return f"Drafted {made.intent}: above, with what it would have done. Nothing is published."


async def decided(deed: str, draft: BehaviourDraft, weeks: int, desk: Desk, ask: Ask) -> str:
    """Do one of :func:`decisions` with a draft and return what is said of it."""
    from console.terminal.screens.deciding import RejectionDialog

    match deed:
        case "edit":
            return await _edited(draft, weeks, desk, ask)
        case "publish":
            return await _published(draft, desk, ask)
        case "reject":
            reason = await ask(RejectionDialog())
            if reason is None:
                return ""
            await desk.reject_behaviour(draft.id, RejectBehaviour(reason, draft.seq))
            return "Rejected; t takes it back."
        case _:
            await desk.reopen_behaviour(draft.id)
            return "Taken back; a published file is removed."


async def _edited(draft: BehaviourDraft, weeks: int, desk: Desk, ask: Ask) -> str:
    from console.terminal.screens.behaviour_draft import BehaviourDialog

    text = await ask(BehaviourDialog(draft))
    if text is None:
        return ""
    await desk.edit_behaviour(draft.id, weeks, EditBehaviour(text, draft.seq))
    return "Saved, and tried anew."


async def _published(draft: BehaviourDraft, desk: Desk, ask: Ask) -> str:
    from console.terminal.screens.sure import SureDialog

    said = f"“{draft.intent}” becomes a file of content/behaviours, and the bot works by it within seconds."
    if await ask(SureDialog("Publish the behaviour", said, "Publish")) is None:
        return ""
    await desk.approve_behaviour(draft.id, ApproveBehaviour(draft.seq))
    return "Published, and marked as a change: before and after are compared."


async def _article(matter: Matter, desk: Desk) -> str:
    sample = next((one for one in matter.samples if one.routine), None)
    if sample is None:
        return "None of the newest conversations was routine; there is nothing to draft an article from."
    draft = await desk.draft_article(DraftArticle(sample.conversation, "", ""))
    return f"Drafted “{draft.title}”: it is among the draft articles (Alt+L)."


@dataclass(frozen=True, slots=True)
class Asked(LeadStep):
    """The newest conversations of a matter."""

    matter: str
    question: str

    @property
    def title(self) -> str:
        """The question."""
        return faces.shortened(self.question, 60)

    async def load(self, desk: Desk, weeks: int) -> Automation:
        """Ask the desk."""
        return await desk.automation(weeks)

    def rows(self, found: Any, width: int) -> list[Row]:  # noqa: ANN401
        """Return them."""
        matter = matter_at(found, self.matter)
        rows = [Row(one.conversation, faces.sample_face(one, width)) for one in (matter.samples if matter else ())]
        gone = "This matter is another one by now; go up and look again."
        return rows or [remark("Reading …" if found.early else gone, width)]

    def detail(self, found: Any, key: str, width: int) -> Content:  # noqa: ANN401
        """Return the question whole."""
        matter = matter_at(found, self.matter)
        sample = next((one for one in (matter.samples if matter else ()) if one.conversation == key), None)
        return faces.sample_detail(sample, width) if sample else Content("")

    def next(self, found: Any, key: str) -> Place | None:  # noqa: ANN401
        """Return the transcript."""
        matter = matter_at(found, self.matter)
        known = matter is not None and any(one.conversation == key for one in matter.samples)
        return Place(key, "m1") if known else None


@dataclass(frozen=True, slots=True)
class Wrongly(LeadStep):
    """Conversations that a draft would have worked wrongly."""

    draft: str
    intent: str

    @property
    def title(self) -> str:
        """The draft."""
        return f"{self.intent}, wrongly"

    async def load(self, desk: Desk, weeks: int) -> Automation:
        """Ask the desk."""
        return await desk.automation(weeks)

    def rows(self, found: Any, width: int) -> list[Row]:  # noqa: ANN401
        """Return them."""
        draft = draft_at(found, f"{_DRAFT}{self.draft}")
        words = {one.conversation: one for one in found.wrong}
        names = [name for name in (draft.tried.wrong if draft else ()) if name in words]
        rows = [Row(name, faces.wrong_face(words[name], width)) for name in names]
        if draft and len(names) < draft.tried.wrongly:
            rows.append(remark(f"{len(names)} of {draft.tried.wrongly} are shown.", width))
        return rows or [remark("There are none of these.", width)]

    def detail(self, found: Any, key: str, width: int) -> Content:  # noqa: ANN401
        """Return the question whole, and what is wrong about it."""
        draft, sample = draft_at(found, f"{_DRAFT}{self.draft}"), _wrong_at(found, key)
        return faces.wrong_detail(sample, draft, width) if draft and sample else Content("")

    def next(self, found: Any, key: str) -> Place | None:  # noqa: ANN401
        """Return the transcript."""
        sample = _wrong_at(found, key)
        return Place(key, sample.message) if sample else None


def decisions(draft: BehaviourDraft, *, publishes: bool = True) -> tuple[Deed, ...]:
    """Return what can be done with a draft; ``publishes`` says whether by somebody who may publish it."""
    if draft.status is not DraftStatus.OPEN:
        return (Deed("reopen", "Take back", "t"),) if publishes else ()
    publish = (Deed("publish", "Publish", "p"),) if publishes else ()
    return Deed("edit", "Edit", "e"), *publish, Deed("reject", "Reject", "x")


AUTOMATE: Final = Matters()
"""The tab."""


def matter_at(found: Automation, key: str) -> Matter | None:
    """Return a matter."""
    return next((matter for matter in found.matters if matter.id == key), None)


def draft_at(found: Automation, key: str) -> BehaviourDraft | None:
    """Return a draft behaviour."""
    return next((draft for draft in found.drafts if f"{_DRAFT}{draft.id}" == key), None)


def _wrong_at(found: Automation, key: str) -> Sample | None:
    return next((one for one in found.wrong if one.conversation == key), None)
