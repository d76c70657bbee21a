"""Who asks, and what their role allows."""

from collections.abc import Callable
from typing import Annotated, Final

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from console.conversation.people import Agent, Role
from console.desk.desk import Desk
from console.desk.errors import DeskError, Forbidden
from console.server.accounts import Accounts
from console.server.attendance import Attendance

WORKING: Final = frozenset({Role.AGENT, Role.LEAD})
"""Roles that work conversations."""

LEADING: Final = frozenset({Role.LEAD, Role.ADMIN})
"""Roles that decide on approvals and read reports."""

REVIEWING: Final = frozenset({Role.LEAD, Role.TRAINER, Role.ADMIN})
"""Roles that look over the knowledge base: what it lacks is for leads to write and for trainers to teach."""

DRAFTING: Final = WORKING | REVIEWING
"""Roles that draft articles; agents from the conversations they resolved."""

CORRECTING: Final = WORKING | LEADING
"""Roles that put summaries right: of their own conversations, and leads of any."""

ADMIN: Final = frozenset({Role.ADMIN})

_bearer = HTTPBearer(auto_error=False, description="A token made with `secondchair token ROLE NAME`.")


class Unknown(DeskError):
    """The request carries no token, or one that nobody has."""

    code = "unauthorised"


def desk_of(request: Request) -> Desk:
    """Return the desk that this server runs."""
    desk: Desk = request.app.state.desk
    return desk


def accounts_of(request: Request) -> Accounts:
    """Return the accounts of this server."""
    accounts: Accounts = request.app.state.accounts
    return accounts


def attendance_of(request: Request) -> Attendance:
    """Return who follows this server's desk."""
    attendance: Attendance = request.app.state.attendance
    return attendance


def staff(
    accounts: Annotated[Accounts, Depends(accounts_of)],
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    desk: Annotated[Desk, Depends(desk_of)],
) -> Agent:
    """Return the member of staff who asks; any role. Asking is a sign that they are there."""
    agent = accounts.who(bearer.credentials) if bearer else None
    if agent is None:
        raise Unknown("send a valid token as 'Authorization: Bearer …'; 'secondchair token ROLE NAME' makes one")
    desk.signs.seen(agent.id)
    return agent


def having(roles: frozenset[Role]) -> Callable[[Agent], Agent]:
    """Return a dependency that lets only these roles pass."""

    def check(agent: Annotated[Agent, Depends(staff)]) -> Agent:
        if agent.role not in roles:
            needed = " or ".join(sorted(roles))
            raise Forbidden(f"this needs the role {needed}; you are here as {agent.role}")
        return agent

    return check


DeskHere = Annotated[Desk, Depends(desk_of)]
Staff = Annotated[Agent, Depends(staff)]
Working = Annotated[Agent, Depends(having(WORKING))]
Leading = Annotated[Agent, Depends(having(LEADING))]
Correcting = Annotated[Agent, Depends(having(CORRECTING))]
Reviewing = Annotated[Agent, Depends(having(REVIEWING))]
Drafting = Annotated[Agent, Depends(having(DRAFTING))]
Admin = Annotated[Agent, Depends(having(ADMIN))]
