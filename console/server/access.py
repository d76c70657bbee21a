"""Who asks, and what their role allows.

None of this waits for anything; it is asynchronous because FastAPI runs a plain function in a thread, which would be
four or five of them a request.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated, Final

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from console.accounts import Accounts
from console.conversation.people import Agent, Role
from console.desk.desk import Desk
from console.desk.errors import DeskError, Forbidden, NotFound
from console.server.admission import Admission
from console.server.attendance import Attendance
from console.server.audit import Audit
from console.server.refusals import route_of

WORKING: Final = frozenset({Role.AGENT, Role.LEAD})
"""Roles that work conversations."""

LEADING: Final = frozenset({Role.LEAD, Role.ADMIN})
"""Roles that decide on approvals and read reports."""

REVIEWING: Final = frozenset({Role.LEAD, Role.TRAINER, Role.ADMIN})
"""Roles that look over the knowledge base: what it lacks is for leads to write and for trainers to teach."""

DRAFTING: Final = WORKING | REVIEWING
"""Roles that draft articles; agents from the conversations they resolved."""

PLAYING: Final = WORKING | REVIEWING
"""Roles that play practice sessions: trainers try what they assign."""

CORRECTING: Final = WORKING | LEADING
"""Roles that put summaries right: of their own conversations, and leads of any."""

ADMIN: Final = frozenset({Role.ADMIN})

DESIGNING: Final = frozenset({Role.DESIGNER, Role.ADMIN})
"""Roles that publish behaviours, and articles that others drafted."""

DECIDING: Final = LEADING | DESIGNING
"""Roles that publish or reject draft articles, and change draft behaviours."""

BY_ITSELF: Final = frozenset(
    {"/v1/me", "/v1/events", "/v1/inbox", "/v1/queue", "/v1/practice/own", "/v1/conversations/{conversation}/shown"}
)
"""Routes that consoles ask by themselves: no sign that the person is there, and no reason to keep a session alive."""

_bearer = HTTPBearer(
    auto_error=False, description="The token of a session (`POST /v1/sign-in`), or one made with `secondchair token`."
)


class Unknown(DeskError):
    """The request carries no token, or one that nobody has."""

    code = "unauthorised"


async def desk_of(request: Request) -> Desk:
    """Return the desk that this server runs."""
    desk: Desk = request.app.state.desk
    return desk


async def accounts_of(request: Request) -> Accounts:
    """Return the accounts of this server."""
    accounts: Accounts = request.app.state.accounts
    return accounts


async def audit_of(request: Request) -> Audit:
    """Return what tells the log who came in and who was refused."""
    audit: Audit = request.app.state.audit
    return audit


async def admission_of(request: Request) -> Admission:
    """Return what tells who a bearer is."""
    admission: Admission = request.app.state.admission
    return admission


async def attendance_of(request: Request) -> Attendance:
    """Return who follows this server's desk."""
    attendance: Attendance = request.app.state.attendance
    return attendance


async def bearer_of(bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> str:
    """Return the token of whoever asks; empty where there is none."""
    return bearer.credentials if bearer else ""


async def staff(
    request: Request,
    admission: Annotated[Admission, Depends(admission_of)],
    token: Annotated[str, Depends(bearer_of)],
    desk: Annotated[Desk, Depends(desk_of)],
) -> Agent:
    """Return the member of staff who asks; any role. Asking is a sign that their console is there."""
    there = route_of(request.scope) not in BY_ITSELF
    found = await admission.look(token, there=there) if token else None
    if found is None:
        raise Unknown("sign in, or send a valid token as 'Authorization: Bearer …'; 'secondchair token' makes one")
    request.state.agent = found.agent
    desk.signs.seen(found.agent.id)
    return found.agent


def having(roles: frozenset[Role]) -> Callable[[Request, Agent], Awaitable[Agent]]:
    """Return a dependency that lets only these roles pass; where one practises, trainers may what agents may."""

    async def check(request: Request, agent: Annotated[Agent, Depends(staff)]) -> Agent:
        also: frozenset[Role] = getattr(request.app.state, "work_too", frozenset()) if roles >= WORKING else frozenset()
        if agent.role not in roles | also:
            needed = " or ".join(sorted(roles))
            raise Forbidden(f"this needs the role {needed}; you are here as {agent.role}")
        return agent

    return check


async def seen_here(request: Request, agent: Annotated[Agent, Depends(staff)]) -> None:
    """Let nobody into a conversation that they may not see; to them there is none. A dependency of whole routers."""
    require_visible(request.app.state.desk, agent, request.path_params.get("conversation", ""))


def require_visible(desk: Desk, agent: Agent, conversation: str) -> None:
    """Raise :class:`NotFound` for a conversation that somebody may not see; where none is named, all may."""
    if conversation and not desk.visible(agent, conversation):
        raise NotFound(f"there is no conversation '{conversation}'")


DeskHere = Annotated[Desk, Depends(desk_of)]
AuditHere = Annotated[Audit, Depends(audit_of)]
AdmissionHere = Annotated[Admission, Depends(admission_of)]
Bearer = Annotated[str, Depends(bearer_of)]
Staff = Annotated[Agent, Depends(staff)]
Working = Annotated[Agent, Depends(having(WORKING))]
Playing = Annotated[Agent, Depends(having(PLAYING))]
Leading = Annotated[Agent, Depends(having(LEADING))]
Correcting = Annotated[Agent, Depends(having(CORRECTING))]
Reviewing = Annotated[Agent, Depends(having(REVIEWING))]
Drafting = Annotated[Agent, Depends(having(DRAFTING))]
DraftReading = Annotated[Agent, Depends(having(DRAFTING | DESIGNING))]
Deciding = Annotated[Agent, Depends(having(DECIDING))]
Admin = Annotated[Agent, Depends(having(ADMIN))]
