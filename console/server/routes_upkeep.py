"""Routes for the upkeep of the knowledge base: its gaps, its contradictions, and draft articles."""

import asyncio

from fastapi import APIRouter, Response

from console.conversation import upkeep_commands as u
from console.conversation.drafts import ArticleDraft
from console.conversation.upkeep import Gaps
from console.server.access import Deciding, DeskHere, Drafting, DraftReading, Leading, Reviewing
from console.server.answers import answer
from console.server.bodies import Body
from console.server.routes_review import Wait

router = APIRouter(prefix="/v1", tags=["upkeep"])


@router.get("/gaps", response_model=Gaps)
async def gaps(_: Reviewing, desk: DeskHere, wait: Wait = None) -> Response:
    """Return what was asked and no article answers, put together by meaning, the weightiest first.

    After ``wait`` seconds ``progress`` says how far the look has come, and the rest is empty: ask again.
    """
    return answer(await desk.gap_look.look(wait))


@router.post("/gaps/aside", status_code=204)
async def put_aside(command: Body[u.PutGapAside], lead: Leading, desk: DeskHere) -> None:
    """Put a gap aside until a customer asks it again."""
    await desk.gaps.put_aside(lead, command)


@router.post("/gaps/back", status_code=204)
async def bring_back(command: Body[u.BringGapBack], lead: Leading, desk: DeskHere) -> None:
    """Take it back that a gap was put aside."""
    await desk.gaps.bring_back(lead, command)


@router.get("/contradictions", response_model=u.Contradictions)
async def contradictions(_: Reviewing, desk: DeskHere) -> Response:
    """Return articles that say the same with different figures."""
    return answer(u.Contradictions(await asyncio.to_thread(desk.librarian.contradictions)))


@router.get("/drafts", response_model=u.Drafts)
async def drafts(agent: DraftReading, desk: DeskHere) -> Response:
    """Return draft articles: leads, trainers and designers see all, agents their own."""
    return answer(u.Drafts(await desk.drafts.all(agent)))


@router.post("/drafts", response_model=ArticleDraft)
async def draft(command: Body[u.DraftArticle], agent: Drafting, desk: DeskHere) -> Response:
    """Draft an article from a resolved conversation; nothing of it is published."""
    return answer(await desk.drafts.begin(agent, command))


@router.put("/drafts/{draft}", response_model=ArticleDraft)
async def edit(draft: str, command: Body[u.EditDraft], agent: DraftReading, desk: DeskHere) -> Response:
    """Change a draft."""
    return answer(await desk.drafts.edit(agent, draft, command))


@router.post("/drafts/{draft}/approve", response_model=ArticleDraft)
async def approve(draft: str, command: Body[u.ApproveDraft], lead: Deciding, desk: DeskHere) -> Response:
    """Publish a draft as an article."""
    return answer(await desk.drafts.approve(lead, draft, command))


@router.post("/drafts/{draft}/reject", response_model=ArticleDraft)
async def reject(draft: str, command: Body[u.RejectDraft], lead: Deciding, desk: DeskHere) -> Response:
    """Decide against a draft."""
    return answer(await desk.drafts.reject(lead, draft, command))


@router.post("/drafts/{draft}/reopen", response_model=ArticleDraft)
async def reopen(draft: str, lead: Deciding, desk: DeskHere) -> Response:
    """Take a decision on a draft back; an article that was published is removed again."""
    return answer(await desk.drafts.reopen(lead, draft))
