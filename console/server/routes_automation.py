"""Routes of what could be automated: matters, and draft behaviours for them."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from console.conversation import automation as t
from console.conversation.automation import Automation
from console.conversation.behaviour_drafts import BehaviourDraft
from console.conversation.people import Agent
from console.desk.errors import NotReady
from console.server.access import DESIGNING, Deciding, Leading, having
from console.server.answers import answer
from console.server.automating import Automating
from console.server.bodies import Body
from console.server.routes_review import Wait, Weeks, weeks_of

router = APIRouter(prefix="/v1/review", tags=["review"])

Designing = Annotated[Agent, Depends(having(DESIGNING))]


def automating_of(request: Request) -> Automating:
    """Return what looks for routine on this server."""
    automating: Automating | None = getattr(request.app.state, "automating", None)
    if automating is None:
        raise NotReady("this server has no content to draft behaviours for")
    return automating


AutomatingHere = Annotated[Automating, Depends(automating_of)]


@router.get("/automation", response_model=Automation)
async def automation(lead: Leading, automating: AutomatingHere, weeks: Weeks, wait: Wait = None) -> Response:
    """Return what people asked again and again in the last weeks, and how much of it was routine.

    After ``wait`` seconds ``progress`` says how far the look has come, and the matters are those of the newest
    conversations alone, or none yet: ask again.
    """
    found = await automating.look(weeks, wait)
    drafts = await automating.drafts.all()
    wrong = await automating.wrong_of(drafts)
    return answer(replace(found, drafts=drafts, wrong=wrong, publishes=lead.role in DESIGNING))


@router.post("/automation/drafts", response_model=BehaviourDraft)
async def draft(command: Body[t.DraftBehaviour], agent: Leading, automating: AutomatingHere) -> Response:
    """Draft a behaviour for a matter, and try it on past conversations; nothing is published."""
    made, question, conversations, tried = await automating.draft(weeks_of(command.weeks), command.matter)
    return answer(await automating.drafts.begin(agent, made.intent, made.text, question, conversations, tried))


@router.get("/automation/drafts", response_model=t.ProposedBehaviours)
async def drafts(_: Deciding, automating: AutomatingHere) -> Response:
    """Return the draft behaviours, open ones first, then the newest."""
    return answer(t.ProposedBehaviours(await automating.drafts.all()))


@router.get("/automation/drafts/{behaviour}", response_model=BehaviourDraft)
async def one(behaviour: str, _: Deciding, automating: AutomatingHere) -> Response:
    """Return a draft behaviour."""
    return answer(await automating.drafts.one(behaviour))


@router.put("/automation/drafts/{behaviour}", response_model=BehaviourDraft)
async def edit(
    behaviour: str, command: Body[t.EditBehaviour], agent: Deciding, automating: AutomatingHere, weeks: Weeks
) -> Response:
    """Change a draft behaviour; it is tried anew on the conversations of its matter and of others."""
    known = await automating.drafts.one(behaviour)
    tried = await automating.tried(weeks, known.question, known.intent, command.text)
    return answer(await automating.drafts.edit(agent, behaviour, command, tried))


@router.post("/automation/drafts/{behaviour}/approve", response_model=BehaviourDraft)
async def approve(
    behaviour: str, command: Body[t.ApproveBehaviour], agent: Designing, automating: AutomatingHere
) -> Response:
    """Publish a draft behaviour."""
    return answer(await automating.drafts.approve(agent, behaviour, command))


@router.post("/automation/drafts/{behaviour}/reject", response_model=BehaviourDraft)
async def reject(
    behaviour: str, command: Body[t.RejectBehaviour], agent: Deciding, automating: AutomatingHere
) -> Response:
    """Decide against a draft behaviour."""
    return answer(await automating.drafts.reject(agent, behaviour, command))


@router.post("/automation/drafts/{behaviour}/reopen", response_model=BehaviourDraft)
async def reopen(behaviour: str, agent: Designing, automating: AutomatingHere) -> Response:
    """Take a decision on a draft behaviour back; one that was published is removed again."""
    return answer(await automating.drafts.reopen(agent, behaviour))
