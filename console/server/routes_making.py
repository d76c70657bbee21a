"""Routes of practice scenarios that are made from conversations: drafts, and what people decide on them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from console.conversation.scenario_drafts import (
    DecideScenario,
    EditScenario,
    MakeScenario,
    ScenarioCheck,
    ScenarioDraft,
    ScenarioDrafts,
)
from console.desk.errors import NotReady
from console.server.access import Reviewing
from console.server.answers import answer
from console.server.bodies import Body
from console.server.making import Making

router = APIRouter(prefix="/v1/practice/drafts", tags=["practice"])


async def making_of(request: Request) -> Making:
    """Return what makes scenarios on this server; raises :class:`NotReady` where nothing does."""
    making: Making | None = getattr(request.app.state, "making", None)
    if making is None:
        raise NotReady("this server has no content to make scenarios for")
    return making


MakingHere = Annotated[Making, Depends(making_of)]


@router.get("", response_model=ScenarioDrafts)
async def drafts(_: Reviewing, making: MakingHere) -> Response:
    """Return the draft scenarios, open ones first, and the approved ones whose conversation was erased since."""
    return answer(await making.all())


@router.post("", response_model=ScenarioDraft)
async def make(command: Body[MakeScenario], agent: Reviewing, making: MakingHere) -> Response:
    """Draft a scenario from a closed conversation, of a customer who is invented; nobody can play it yet."""
    return answer(await making.make(agent, command))


@router.get("/{scenario}", response_model=ScenarioDraft)
async def one(scenario: str, _: Reviewing, making: MakingHere) -> Response:
    """Return a draft scenario."""
    return answer(await making.drafts.one(scenario))


@router.put("/{scenario}", response_model=ScenarioDraft)
async def edit(scenario: str, command: Body[EditScenario], agent: Reviewing, making: MakingHere) -> Response:
    """Change a draft scenario that nobody has changed since it was seen."""
    return answer(await making.drafts.edit(agent, scenario, command))


@router.get("/{scenario}/check", response_model=ScenarioCheck)
async def check(scenario: str, _: Reviewing, making: MakingHere) -> Response:
    """Play a draft scenario through: which resolutions can be reached, and what blocks them."""
    return answer(await making.drafts.checked(scenario))


@router.post("/{scenario}/approve", response_model=ScenarioDraft)
async def approve(scenario: str, command: Body[DecideScenario], agent: Reviewing, making: MakingHere) -> Response:
    """Write a draft scenario into the content, where it can be played."""
    return answer(await making.drafts.approve(agent, scenario, command))


@router.post("/{scenario}/reject", response_model=ScenarioDraft)
async def reject(scenario: str, command: Body[DecideScenario], agent: Reviewing, making: MakingHere) -> Response:
    """Decide against a draft scenario, with a reason."""
    return answer(await making.drafts.reject(agent, scenario, command))
