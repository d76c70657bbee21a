"""Routes of signing in and out."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from console.accounts.signing_in import Entered, SigningIn, sign_out
from console.conversation.sign_in_commands import SessionBegun, SignIn
from console.server.access import AdmissionHere, AuditHere, Bearer, Staff, accounts_of
from console.server.answers import answer
from console.server.bodies import Body
from console.server.chat.limits import neighbourhood
from console.server.refusals import address_of

router = APIRouter(prefix="/v1", tags=["sign-in"])


def signing_in_of(request: Request) -> SigningIn:
    """Return what lets people in."""
    signing_in: SigningIn = request.app.state.signing_in
    return signing_in


@router.post("/sign-in", response_model=SessionBegun)
async def sign_in(
    request: Request, command: Body[SignIn], signing_in: Annotated[SigningIn, Depends(signing_in_of)], audit: AuditHere
) -> Response:
    """Begin a session with a name and a password."""
    address = address_of(request.scope)
    place = neighbourhood(address)
    entered = await signing_in.with_password(command.name, command.password, place, address, command.role)
    audit.changed()
    return begun(entered)


@router.post("/sign-out", status_code=204)
async def leave(request: Request, _: Staff, token: Bearer, admission: AdmissionHere, audit: AuditHere) -> None:
    """End the session whose token this is."""
    await run_in_threadpool(sign_out, accounts_of(request), token)
    admission.forget()
    audit.changed()


def begun(entered: Entered) -> Response:
    """Return a session as an answer that nothing on the way keeps."""
    agent = entered.agent
    until = datetime.fromtimestamp(entered.expires, UTC)
    response = answer(SessionBegun(entered.token, agent.id, agent.name, agent.role, until))
    response.headers["Cache-Control"] = "no-store"
    return response
