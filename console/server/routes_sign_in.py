"""Routes of signing in and out, and of one's own password."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from console.accounts import Accounts
from console.accounts.own_password import OwnPassword
from console.accounts.signing_in import Entered, SigningIn, sign_out
from console.addresses import neighbourhood
from console.conversation.sign_in_commands import ChangePassword, PasswordStanding, SessionBegun, SignIn
from console.server.access import AdmissionHere, AuditHere, Bearer, Staff, accounts_of
from console.server.answers import answer
from console.server.bodies import Body
from console.server.faults import described
from console.server.refusals import address_of

router = APIRouter(prefix="/v1", tags=["sign-in"])


async def signing_in_of(request: Request) -> SigningIn:
    """Return what lets people in."""
    signing_in: SigningIn = request.app.state.signing_in
    return signing_in


async def own_password_of(request: Request) -> OwnPassword:
    """Return what changes people's own passwords."""
    own_password: OwnPassword = request.app.state.own_password
    return own_password


OwnPasswordHere = Annotated[OwnPassword, Depends(own_password_of)]


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
async def leave(
    _: Staff,
    token: Bearer,
    accounts: Annotated[Accounts, Depends(accounts_of)],
    admission: AdmissionHere,
    audit: AuditHere,
) -> None:
    """End the session whose token this is."""
    await run_in_threadpool(sign_out, accounts, token)
    admission.forget()
    audit.changed()


@router.get("/me/password", response_model=PasswordStanding)
async def password_standing(agent: Staff, own_password: OwnPasswordHere) -> Response:
    """Say whether there is a password to change; whoever came with a token, or by the provider, may have none."""
    return answer(PasswordStanding(await run_in_threadpool(own_password.why_not, agent)))


@router.post("/me/password", status_code=204, responses=described(429))
async def change_password(
    request: Request,
    command: Body[ChangePassword],
    agent: Staff,
    own_password: OwnPasswordHere,
    token: Bearer,
    admission: AdmissionHere,
    audit: AuditHere,
) -> None:
    """Change one's own password. One's other sessions end; wrong tries count as those to sign in do."""
    address = address_of(request.scope)
    await own_password.change(agent, token, command.old, command.new, neighbourhood(address), address)
    admission.forget()
    audit.changed()


def begun(entered: Entered) -> Response:
    """Return a session as an answer that nothing on the way keeps."""
    agent = entered.agent
    until = datetime.fromtimestamp(entered.expires, UTC)
    response = answer(SessionBegun(entered.token, agent.id, agent.name, agent.role, until))
    response.headers["Cache-Control"] = "no-store"
    return response
