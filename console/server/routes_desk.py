"""Routes of the desk as a whole: who am I, the inbox, live events, presence, tokens."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Response
from sse_starlette import EventSourceResponse
from starlette.concurrency import run_in_threadpool

from console import __version__
from console.accounts import OWNER, Accounts
from console.conversation.commands import InboxPage, Me, MintToken, SetPresence, ShowScreen, Token
from console.conversation.people import Presence
from console.desk.attention import Screen
from console.desk.errors import DeskError
from console.server.access import (
    Admin,
    AdmissionHere,
    Bearer,
    DeskHere,
    Staff,
    Working,
    accounts_of,
    attendance_of,
)
from console.server.admission import WhileAdmitted
from console.server.answers import answer
from console.server.attendance import Attendance
from console.server.bodies import Body
from console.server.stream import Stream, followed
from console.text import clean_line

router = APIRouter(prefix="/v1", tags=["desk"])

PING_SECONDS = 10

NAME = 200
"""Characters of a conversation's or a console's name that are looked at."""


class Leaving(DeskError):
    """The server is about to end, and takes nobody on who would stay."""

    code = "leaving"


@router.get("/me", response_model=Me)
async def me(agent: Staff, desk: DeskHere) -> Response:
    """Say who the token belongs to."""
    presence = desk.live.presences.get(agent.id, Presence.OFFLINE)
    known = Me(agent, desk.name, __version__, presence, desk.damage, desk.rewriting.ready)
    return answer(replace(known, now=desk.now(), targets=desk.queue.rules.targets))


@router.post("/tokens", response_model=Token)
async def mint(command: Body[MintToken], admin: Admin, accounts: Annotated[Accounts, Depends(accounts_of)]) -> Response:
    """Make a token for a person: a session that all servers know, and that ends as any other does.

    For the machine's own user it lives until this server stops: their consoles begin so, each time.
    """
    if admin == OWNER:
        return answer(Token(*await run_in_threadpool(accounts.mint, command.role, command.name)))
    token, agent, expires = await run_in_threadpool(accounts.issue, command.role, command.name)
    return answer(Token(token, agent, datetime.fromtimestamp(expires, UTC)))


@router.get("/inbox", response_model=InboxPage)
async def inbox(agent: Staff, desk: DeskHere, closed: bool = False) -> Response:
    """Return the conversations that are open, or also the closed ones."""
    live = desk.live
    drafts = await desk.casework.drafts(agent)
    rows = await live.call(lambda log: log.inbox(closed=True)) if closed else list(live.rows.values())
    seen = tuple(row for row in rows if desk.visible(agent, row.id))
    return answer(InboxPage(live.seq, seen, dict(live.presences), drafts))


@router.get("/events", response_class=EventSourceResponse)
async def events(
    agent: Staff,
    desk: DeskHere,
    attendance: Annotated[Attendance, Depends(attendance_of)],
    admission: AdmissionHere,
    token: Bearer,
    after: Annotated[int | None, Query(ge=0)] = None,
    last_event_id: Annotated[int | None, Header(ge=0)] = None,
) -> Response:
    """Stream events after a number, without a gap and each once; without a number, from now on.

    Who came in and who was refused is left out. The stream ends when its bearer is let in no more.
    """
    if desk.leaving:
        raise Leaving("this desk server is about to end; come back in a moment")
    start = last_event_id if last_event_id is not None else after
    seen = partial(desk.visible, agent)
    stream = Stream(followed(desk.live, start, attendance, seen, agent=agent.id), ping=PING_SECONDS)
    return WhileAdmitted(stream, admission, token)


@router.post("/replies/restore", status_code=204)
async def restore(agent: Working, desk: DeskHere) -> None:
    """Show the agent all replies again, however many they passed over before."""
    await desk.feedback.restore(agent)


@router.put("/screen", status_code=204)
async def screen(command: Body[ShowScreen], agent: Staff, desk: DeskHere) -> None:
    """Say which conversation a console of one's own shows: what nobody looks at is worked out in part only."""
    desk.attention.show(Screen(agent.id, clean_line(command.console)[:NAME], command.conversation[:NAME]))


@router.put("/presence", status_code=204)
async def presence(command: Body[SetPresence], agent: Staff, desk: DeskHere) -> None:
    """Come online, take a break, go."""
    await desk.casework.presence(agent, command.presence)
