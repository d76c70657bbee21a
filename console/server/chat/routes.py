"""The requests of the chat page."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager, aclosing
from functools import partial
from typing import Annotated, Final

import structlog
from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.routing import Match

from console.conversation.codec import encode
from console.desk.channels.projection import AgentTyping, Notice, Said, Seen
from console.desk.channels.webchat import CaughtUp, Erased, Shown, StartOver, Visitor, WebChat
from console.desk.desk import Desk
from console.desk.uploads import UploadLimits
from console.server.chat.door import BODY_SECONDS, ChatFault, guarded
from console.server.chat.files import FileTerms, file_terms, files_router
from console.server.chat.limits import Crowd, RateLimit
from console.server.chat.pages import page_files
from console.server.chat.rating import add_rating
from console.server.chat.visits import TokenRefused, Visit, Visits, cookie_name
from console.server.stream import comes_back
from console.settings import WebChatSettings
from console.text import MAX_CHARACTERS, clean

PING: Final = 15
"""Seconds between signs of life on a stream; the page takes a longer silence for a lost connection."""

RETRY_MILLISECONDS: Final = 1_000
PAGES_AT_ONCE: Final = 8
SIGNS_PER_MINUTE: Final = 120
"""How often a visitor may tell that they type, and how often what they have read; no page comes near it."""

_ALL_METHODS: Final = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

_log = structlog.get_logger(__name__)


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class SessionRequest(_Body):
    """Begin or resume a visit; ``token`` is signed by the host page, for a customer that it knows."""

    token: Annotated[str, Field(max_length=4096)] | None = None


class SessionReply(BaseModel):
    """What the page needs to know."""

    company: str
    name: str
    """The customer's first name; empty for an anonymous visitor."""
    known: bool
    chat: str
    """Tells this visitor's conversation from others kept in the same browser."""
    limit: int
    """Longest message, in characters."""
    asks: bool
    """Whether customers are asked at the end how satisfied they are."""
    files: FileTerms | None
    """On which terms files are taken; nothing where none are."""


class MessageRequest(_Body):
    """A message of the customer; the same ``key`` again is the same message."""

    text: str
    key: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")]


class TypingRequest(_Body):
    """The customer types, or has stopped."""

    active: bool


class ReadRequest(_Body):
    """The customer has read up to an item, by its number in their view."""

    number: Annotated[int, Field(ge=1, le=999_999_999)]


def chat_router(
    desk: Desk,
    webchat: WebChat,
    settings: WebChatSettings,
    visits: Visits,
    *,
    hosts: Sequence[str] = (),
    embed_on: Sequence[str] = (),
    body_seconds: float = BODY_SECONDS,
    limits: UploadLimits | None = None,
) -> APIRouter:
    """Return the routes under ``/chat``.

    ``visits`` tells whose browser asks; ``hosts`` are further names this server is reached by; pages of the origins
    ``embed_on`` may show the chat in a frame; a body must come within ``body_seconds``. ``limits`` are those of files.
    """
    limits = limits or UploadLimits()
    router = APIRouter(prefix="/chat", tags=["web chat"], route_class=guarded(hosts, embed_on, body_seconds))
    _add_page(router)
    crowd = Crowd(settings.visits_per_minute, settings.streams_per_address)
    visitor_of = partial(_visitor_of, visits)
    _add_session(router, desk, webchat, visits, crowd, file_terms(desk, limits), asks=settings.asks_satisfaction)
    _add_stream(router, desk, webchat, visits, _on_the_loop(visitor_of), crowd)
    _add_messages(router, webchat, visits, _on_the_loop(visitor_of), settings.messages_per_minute)
    add_rating(router, webchat, _on_the_loop(visitor_of), asks=settings.asks_satisfaction)
    renew = partial(_renew, visits)
    router.include_router(files_router(desk, webchat, limits, visitor_of, renew, hosts=hosts, embed_on=embed_on))
    _add_nothing(router)
    return router


def _add_page(router: APIRouter) -> None:
    files = page_files()

    @router.get("", response_class=Response)
    async def page(request: Request) -> Response:
        """Return the chat page."""
        return files["chat.html"].answer(request)

    @router.get("/", response_class=Response, include_in_schema=False)
    async def slash() -> Response:
        """Lead to the page; without a host, so that it is the one that was asked."""
        return Response(status_code=308, headers={"Location": "/chat"})

    @router.get("/static/{name}", response_class=Response)
    async def static(name: str, request: Request) -> Response:
        """Return a file of the page."""
        if name not in files:
            raise ChatFault(404, "not-found", "There is no such file.")
        return files[name].answer(request)


def _add_nothing(router: APIRouter) -> None:
    """Answer what no route does, so that the door stands before that too; comes last."""
    known = [route for route in router.routes if isinstance(route, APIRoute)]

    @router.api_route("", methods=_ALL_METHODS, include_in_schema=False)
    @router.api_route("/{rest:path}", methods=_ALL_METHODS, include_in_schema=False)
    async def nothing(request: Request) -> Response:
        """Say that there is no such page, or not in this way."""
        if any(route.matches(request.scope)[0] is Match.PARTIAL for route in known):
            raise ChatFault(405, "method", "This address is not asked in this way.")
        raise ChatFault(404, "not-found", "There is no such page.")


def _add_session(
    router: APIRouter,
    desk: Desk,
    webchat: WebChat,
    visits: Visits,
    crowd: Crowd,
    files: FileTerms | None,
    *,
    asks: bool,
) -> None:
    def begin(request: Request) -> Visit:
        if wait := crowd.arrive(_address(request)):
            raise ChatFault(429, "crowded", "Many chats are being opened right now; yours opens in a moment.", wait)
        return visits.begin()

    @router.post("/session", response_model=SessionReply)
    async def begin_session(request: Request, body: SessionRequest | None = None) -> Response:
        """Begin or resume a visit, and let the browser remember it."""
        try:
            visit = (
                visits.admit(body.token)
                if body and body.token
                else visits.resume(request.cookies, _secure(request)) or begin(request)
            )
        except TokenRefused as error:
            _log.warning("web chat: token refused", why=str(error))
            raise ChatFault(
                401, "token", "Your sign-in could not be confirmed; reload the page around this chat."
            ) from error
        visitor = visit.visitor
        reply = SessionReply(
            company=desk.name,
            name=visitor.customer.called,
            known=visitor.known,
            chat=visitor.conversation[-12:],
            limit=MAX_CHARACTERS,
            asks=asks,
            files=files,
        )
        response = JSONResponse(reply.model_dump(), headers={"Cache-Control": "no-store"})
        _remember(response, request, visit)
        return response

    @router.delete("/session", status_code=204, response_class=Response)
    async def end_session(request: Request) -> Response:
        """End the visit, as at the customer's sign-out, and let the browser forget it."""
        response = Response(status_code=204)
        secure = _secure(request)
        visitor = visits.end(request.cookies, secure)
        if visitor is not None:
            webchat.end_pages(visitor.conversation)  # those of other visits of the same customer come back
        response.delete_cookie(cookie_name(secure), path="/", secure=secure, httponly=True, samesite="strict")
        return response


def _add_stream(
    router: APIRouter,
    desk: Desk,
    webchat: WebChat,
    visits: Visits,
    visitor_of: Callable[[Request], Awaitable[Visitor]],
    crowd: Crowd,
) -> None:
    VisitorHere = Annotated[Visitor, Depends(visitor_of)]  # noqa: N806 - a type

    @router.get("/events", response_class=EventSourceResponse)
    async def events(
        request: Request, visitor: VisitorHere, last_event_id: Annotated[str, Header(pattern=r"^\d{0,9}$")] = ""
    ) -> EventSourceResponse:
        """Stream the customer's view of their conversation, from the item after ``Last-Event-ID`` on."""
        if desk.leaving:
            raise ChatFault(503, "leaving", "This chat goes on in a moment.", 1)
        if webchat.pages(visitor.conversation) >= PAGES_AT_ONCE:
            raise ChatFault(429, "pages", "This chat is open in too many windows; close some of them.", 10)
        address, stands = _address(request), partial(_stands, visits, request.cookies, _secure(request))
        if crowd.full(address):
            raise ChatFault(429, "crowded", "Many chats are open right now; yours goes on in a moment.", 10)
        return EventSourceResponse(
            _stream(desk, webchat, visitor, int(last_event_id or 0), crowd.streaming(address), stands),
            ping=PING,
            ping_message_factory=lambda: ServerSentEvent("", event="ping"),
            sep="\n",
        )


def _add_messages(
    router: APIRouter,
    webchat: WebChat,
    visits: Visits,
    visitor_of: Callable[[Request], Awaitable[Visitor]],
    per_minute: int,
) -> None:
    writing, typing, reading = RateLimit(per_minute), RateLimit(SIGNS_PER_MINUTE), RateLimit(SIGNS_PER_MINUTE)
    VisitorHere = Annotated[Visitor, Depends(visitor_of)]  # noqa: N806 - a type

    @router.post("/messages", status_code=204, response_class=Response)
    async def write(request: Request, visitor: VisitorHere, body: MessageRequest) -> Response:
        """Take in a message of the customer; what is answered with 204 is kept."""
        if len(body.text) > MAX_CHARACTERS:
            raise ChatFault(413, "too-large", f"A message has at most {MAX_CHARACTERS:,} characters; send it in parts.")
        if not clean(body.text):
            raise ChatFault(422, "empty", "There is nothing to send in this message.")
        if wait := writing.wait(visitor.conversation):
            raise ChatFault(429, "too-fast", "That was a lot at once; your message goes out in a moment.", wait)
        try:
            await webchat.write(visitor, body.text, body.key)
        except Erased:
            fault = ChatFault(401, "session", "This chat was erased; the page begins a new one.").answer()
            _renew(visits, request, visitor, fault)
            return fault
        return Response(status_code=204)

    @router.post("/typing", status_code=204, response_class=Response)
    async def type_(visitor: VisitorHere, body: TypingRequest) -> Response:
        """Tell the agent that the customer types; more often than anybody types is passed over."""
        if not typing.wait(visitor.conversation):
            webchat.typing(visitor, body.active)
        return Response(status_code=204)

    @router.post("/read", status_code=204, response_class=Response)
    async def read(visitor: VisitorHere, body: ReadRequest) -> Response:
        """Tell the agent how far the customer has read; more often than anybody reads is passed over."""
        if not reading.wait(visitor.conversation):
            await webchat.read(visitor, body.number)
        return Response(status_code=204)


async def _stream(
    desk: Desk,
    webchat: WebChat,
    visitor: Visitor,
    after: int,
    counted: AbstractContextManager[None],
    stands: Callable[[], bool],
) -> AsyncIterator[ServerSentEvent]:
    """Yield what the customer sees, as long as the visit ``stands``: another server may have been told its end."""
    with counted:
        yield ServerSentEvent("", event="ping", retry=RETRY_MILLISECONDS)
        async with aclosing(webchat.follow(visitor, after)) as following:
            async for shown in following:
                if not stands():
                    return
                yield _sent(shown)
        if desk.live.hub.closed:  # the page comes back by itself, with the last number that it saw
            yield ServerSentEvent("{}", event="leaving", retry=comes_back())


def _sent(shown: Shown) -> ServerSentEvent:
    match shown:
        case Said() | Notice():
            return ServerSentEvent(_json(shown), event="item", id=str(shown.number))
        case AgentTyping():
            return ServerSentEvent(_json(shown), event="typing")
        case Seen():
            return ServerSentEvent(_json(shown), event="seen")
        case CaughtUp():
            return ServerSentEvent(_json(shown), event="caught-up")
        case StartOver():
            return ServerSentEvent("{}", event="start-over")


def _json(shown: Shown) -> str:
    return json.dumps(encode(shown), ensure_ascii=False)


def _stands(visits: Visits, cookies: Mapping[str, str], secure: bool) -> bool:
    return visits.read(cookies, secure) is not None


def _visitor_of(visits: Visits, request: Request) -> Visitor:
    visitor = visits.read(request.cookies, _secure(request))
    if visitor is None:
        raise ChatFault(401, "session", "Your visit has ended; the page begins a new one.")
    return visitor


def _on_the_loop(visitor_of: Callable[[Request], Visitor]) -> Callable[[Request], Awaitable[Visitor]]:
    """Return the same for FastAPI, which runs what is not asynchronous in a thread."""

    async def here(request: Request) -> Visitor:
        return visitor_of(request)

    return here


def _renew(visits: Visits, request: Request, visitor: Visitor, response: Response) -> None:
    """Let the browser remember a new visit of the same person."""
    _remember(response, request, visits.renew(visitor))


def _remember(response: Response, request: Request, visit: Visit) -> None:
    secure = _secure(request)
    response.set_cookie(
        cookie_name(secure), visit.cookie, visit.max_age, path="/", secure=secure, httponly=True, samesite="strict"
    )


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _secure(request: Request) -> bool:
    return request.url.scheme == "https"
