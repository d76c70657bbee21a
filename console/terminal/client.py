"""The desk over HTTP: every route as a typed call, and the live events as a stream.

Imported late: httpx and pydantic cost more than the first paint.
"""

import asyncio
import json
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final
from urllib.parse import quote

import httpx
import httpx_sse

from console.conversation import commands as c
from console.conversation import upkeep_commands as u
from console.conversation.assistance import Flag, SourceType
from console.conversation.attachment_commands import AttachmentLink
from console.conversation.boundary_commands import AllowAssistance, MarkBotAnswer
from console.conversation.codec import decode, encode_json
from console.conversation.drafts import ArticleDraft
from console.conversation.events import event_from_json
from console.conversation.upkeep import Gaps
from console.terminal.account_client import AccountCalls
from console.terminal.automation_client import AutomationCalls
from console.terminal.edits_client import EditsCalls
from console.terminal.errors import Conflict, Garbled, NotAllowed, NotFound, Refused, Unreachable
from console.terminal.escalation_client import EscalationCalls
from console.terminal.forecast_client import ForecastCalls
from console.terminal.layers_client import LayersCalls
from console.terminal.making_client import MakingCalls
from console.terminal.port import Delivery, Heartbeat, PracticeSeen, TypingSeen, WritingSeen
from console.terminal.practice_client import PracticeCalls
from console.terminal.quality_client import QualityCalls
from console.terminal.queue_client import QueueCalls
from console.terminal.review_client import ReviewCalls
from console.terminal.rewrite_stream import rewritten
from console.terminal.sources_client import SourcesCalls
from console.terminal.task_client import TaskCalls
from console.terminal.wire import conversation_path, read_as
from console.terminal.wrap_up_client import WrapUpCalls

DEADLINE: Final = 10.0
"""Seconds a call may take from first to last byte."""

PATIENT: Final = 90.0
"""The same for what the desk may have to look at thousands of texts for, the first time."""

SILENCE: Final = 25.0
"""Seconds without a byte after which the stream counts as broken; the server pings every 10 s."""

_ERRORS: Final[dict[int, type[Refused]]] = {401: NotAllowed, 403: NotAllowed, 404: NotFound, 409: Conflict}


class HttpDesk(
    QueueCalls,
    TaskCalls,
    WrapUpCalls,
    PracticeCalls,
    MakingCalls,
    AccountCalls,
    ReviewCalls,
    LayersCalls,
    EscalationCalls,
    QualityCalls,
    ForecastCalls,
    AutomationCalls,
    SourcesCalls,
    EditsCalls,
):
    """A desk server reached at ``base_url`` with a bearer ``token``; see :class:`console.terminal.port.Desk`.

    ``address`` is the network address of an agent who sits at a browser elsewhere; a desk believes it from those that
    its ``[server] proxies`` name. Without it the desk sees this machine's.
    """

    def __init__(
        self, base_url: str, token: str, *, address: str = "", transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._console = secrets.token_hex(8)
        self._http = httpx.AsyncClient(
            base_url=base_url,
            headers={"Authorization": f"Bearer {token}"} | ({"X-Forwarded-For": address} if address else {}),
            timeout=httpx.Timeout(DEADLINE, connect=3.0),
            limits=httpx.Limits(max_connections=8),
            transport=transport,
            trust_env=False,  # no proxy of the environment's
            verify=httpx.create_ssl_context(),  # but the authority that it names (SSL_CERT_FILE, SSL_CERT_DIR)
        )

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def ping(self) -> float:
        """Return the round-trip time to the server in milliseconds."""
        before = time.perf_counter()
        await self._call("GET", "/health")
        return (time.perf_counter() - before) * 1000

    async def readiness(self) -> c.Readiness:
        """Return whether assistance is there, or how far it has come."""
        return read_as(c.Readiness, await self._call("GET", "/ready", also=503))

    @asynccontextmanager
    async def events(self, after: int) -> AsyncIterator[AsyncIterator[Delivery]]:
        """Follow the log after event ``after``; the iterator ends or raises ``Unreachable`` with the connection."""
        timeout = httpx.Timeout(SILENCE, connect=3.0)
        headers = {"Last-Event-ID": str(after), "Accept": "text/event-stream", "Cache-Control": "no-store"}
        try:
            async with self._http.stream("GET", "/v1/events", headers=headers, timeout=timeout) as response:
                if response.is_error:
                    await response.aread()
                    raise _refusal(response)
                yield _deliveries(httpx_sse.EventSource(response))
        except (httpx.HTTPError, httpx_sse.SSEError) as error:
            raise Unreachable(_reason(error)) from error

    async def me(self) -> c.Me:
        """Return who the token belongs to."""
        return read_as(c.Me, await self._call("GET", "/v1/me"))

    async def inbox(self, *, closed: bool = False) -> c.InboxPage:
        """Return the open conversations (or also the closed ones)."""
        return read_as(c.InboxPage, await self._call("GET", "/v1/inbox", params={"closed": str(closed).lower()}))

    async def conversation(self, conversation: str) -> c.ConversationPage:
        """Return one conversation with the agent's unsent draft."""
        return read_as(c.ConversationPage, await self._call("GET", conversation_path(conversation)))

    async def claim(self, conversation: str) -> c.ConversationPage:
        """Take a conversation; ``Conflict`` when another agent has it."""
        return read_as(c.ConversationPage, await self._call("POST", conversation_path(conversation, "claim")))

    async def release(self, conversation: str, body: c.Release) -> None:
        """Give it back to the queue, or park it."""
        await self._call("POST", conversation_path(conversation, "release"), body)

    async def close_conversation(self, conversation: str, body: c.Close) -> None:
        """End it."""
        await self._call("POST", conversation_path(conversation, "close"), body)

    async def reopen(self, conversation: str, body: c.Reopen) -> None:
        """Take an ended one up again."""
        await self._call("POST", conversation_path(conversation, "reopen"), body)

    async def send(self, conversation: str, body: c.SendMessage) -> c.SendResult:
        """Send a message, or learn which flags stand in the way."""
        return read_as(c.SendResult, await self._call("POST", conversation_path(conversation, "messages"), body))

    async def check(self, conversation: str, body: c.CheckDraft) -> tuple[Flag, ...]:
        """Return the flags a draft would raise."""
        return _flags(await self._call("POST", conversation_path(conversation, "check"), body))

    async def file_link(self, conversation: str, attachment: str) -> str:
        """Return the address under which a browser opens a file of a conversation for a while."""
        path = conversation_path(conversation, f"attachments/{quote(attachment, safe='')}/link")
        link = read_as(AttachmentLink, await self._call("POST", path))
        return str(self._http.base_url.join(link.path))

    async def note(self, conversation: str, body: c.AddNote) -> None:
        """Write an internal note."""
        await self._call("POST", conversation_path(conversation, "notes"), body)

    async def screen(self, conversation: str) -> None:
        """Say which conversation this console shows; empty where it shows none."""
        await self._call("PUT", "/v1/screen", c.ShowScreen(self._console, conversation))

    async def typing(self, conversation: str, body: c.Typing) -> None:
        """Say that the agent types, or has stopped."""
        await self._call("POST", conversation_path(conversation, "typing"), body)

    async def save_draft(self, conversation: str, body: c.SaveDraft) -> None:
        """Keep the unsent text."""
        await self._call("PUT", conversation_path(conversation, "draft"), body)

    async def shown(self, conversation: str, body: c.Shown) -> None:
        """Report which suggestions stand on the screen."""
        await self._call("POST", conversation_path(conversation, "shown"), body)

    async def dismiss(self, conversation: str, body: c.Dismiss) -> None:
        """Put a suggestion away."""
        await self._call("POST", conversation_path(conversation, "dismiss"), body)

    async def rate(self, conversation: str, body: c.Rate) -> None:
        """Mark a suggestion."""
        await self._call("POST", conversation_path(conversation, "rate"), body)

    async def set_assistance(self, conversation: str, body: c.SetAssistance) -> None:
        """Hide assistance for this conversation, or show it again."""
        await self._call("PUT", conversation_path(conversation, "assistance"), body)

    async def allow_assistance(self, conversation: str, body: AllowAssistance) -> None:
        """Let assistance into what is reserved for people (leads), or take that back."""
        await self._call("PUT", conversation_path(conversation, "allowed"), body)

    async def mark_bot_answer(self, conversation: str, body: MarkBotAnswer) -> None:
        """Mark a message of the bot right or wrong, or take the mark back."""
        await self._call("PUT", conversation_path(conversation, "bot-answers"), body)

    async def restore_replies(self) -> None:
        """Be shown all replies again, however many were passed over."""
        await self._call("POST", "/v1/replies/restore")

    async def dismiss_flag(self, conversation: str, body: c.DismissFlag) -> None:
        """Judge that a flag does not apply."""
        await self._call("POST", conversation_path(conversation, "flags", "dismiss"), body)

    async def correct_summary(self, conversation: str, body: c.CorrectSummary) -> None:
        """Put a line of the summary right."""
        await self._call("POST", conversation_path(conversation, "summary"), body)

    async def ask_approval(self, conversation: str, body: c.RequestApproval) -> c.ApprovalAsked:
        """Ask a lead to let a blocked text go out."""
        return read_as(c.ApprovalAsked, await self._call("POST", conversation_path(conversation, "approvals"), body))

    async def decide_approval(self, conversation: str, approval: str, body: c.DecideApproval) -> None:
        """Answer such a request (leads and admins)."""
        await self._call("POST", conversation_path(conversation, "approvals", approval), body)

    async def completions(self, conversation: str) -> c.Completions:
        """Return the sentences the composer may complete to."""
        return read_as(c.Completions, await self._call("GET", conversation_path(conversation, "completions")))

    async def rewrite(self, conversation: str, body: c.Rewrite, heard: Callable[[str], None]) -> c.Rewritten:
        """Have a draft rewritten; ``heard`` is told the text so far. Cancelling gives it up."""
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
        path, content = conversation_path(conversation, "rewrite"), encode_json(body)
        try:
            async with (
                asyncio.timeout(PATIENT),
                self._http.stream("POST", path, content=content, headers=headers, timeout=SILENCE) as response,
            ):
                if response.is_error:
                    await response.aread()
                    raise _refusal(response)
                return await rewritten(httpx_sse.EventSource(response), heard)
        except (httpx.HTTPError, httpx_sse.SSEError, TimeoutError, RuntimeError) as error:
            raise Unreachable(_reason(error)) from error

    async def presence(self, body: c.SetPresence) -> None:
        """Come online, take a break, go."""
        await self._call("PUT", "/v1/presence", body)

    async def search(self, query: str, k: int = 10) -> c.SearchResult:
        """Look something up in the knowledge base."""
        return read_as(c.SearchResult, await self._call("GET", "/v1/search", params={"q": query, "k": str(k)}))

    async def source(self, kind: SourceType, source: str, passage: str = "") -> c.Source:
        """Return the whole source of a suggestion with the passage's place in it."""
        params = {"id": source, "passage": passage}
        return read_as(c.Source, await self._call("GET", f"/v1/sources/{kind.value}", params=params))

    async def looked_up(self, body: c.LookedUp) -> None:
        """Say that a look-up by hand is done with."""
        await self._call("POST", "/v1/lookups", body)

    async def gaps(self) -> Gaps:
        """Return what was asked and no article answers (leads, trainers and admins)."""
        return read_as(Gaps, await self._call("GET", "/v1/gaps", params={"wait": "1"}, deadline=PATIENT))

    async def put_gap_aside(self, body: u.PutGapAside) -> None:
        """Put a gap aside until a customer asks it again (leads and admins)."""
        await self._call("POST", "/v1/gaps/aside", body)

    async def bring_gap_back(self, body: u.BringGapBack) -> None:
        """Take that back (leads and admins)."""
        await self._call("POST", "/v1/gaps/back", body)

    async def contradictions(self) -> u.Contradictions:
        """Return articles that say the same with different figures (leads, trainers and admins)."""
        return read_as(u.Contradictions, await self._call("GET", "/v1/contradictions", deadline=PATIENT))

    async def drafts(self) -> u.Drafts:
        """Return draft articles; agents see their own."""
        return read_as(u.Drafts, await self._call("GET", "/v1/drafts"))

    async def draft_article(self, body: u.DraftArticle) -> ArticleDraft:
        """Draft an article from a resolved conversation."""
        return read_as(ArticleDraft, await self._call("POST", "/v1/drafts", body))

    async def edit_draft(self, draft: str, body: u.EditDraft) -> ArticleDraft:
        """Change a draft; ``Conflict`` when somebody else has meanwhile."""
        return read_as(ArticleDraft, await self._call("PUT", _draft(draft), body))

    async def approve_draft(self, draft: str, body: u.ApproveDraft) -> ArticleDraft:
        """Publish a draft (leads and admins)."""
        return read_as(ArticleDraft, await self._call("POST", _draft(draft, "approve"), body))

    async def reject_draft(self, draft: str, body: u.RejectDraft) -> ArticleDraft:
        """Decide against a draft (leads and admins)."""
        return read_as(ArticleDraft, await self._call("POST", _draft(draft, "reject"), body))

    async def reopen_draft(self, draft: str) -> ArticleDraft:
        """Take a decision on a draft back (leads and admins)."""
        return read_as(ArticleDraft, await self._call("POST", _draft(draft, "reopen")))

    async def _call(
        self,
        method: str,
        path: str,
        body: object = None,
        params: dict[str, str] | None = None,
        deadline: float = DEADLINE,
        also: int = 200,
    ) -> httpx.Response:
        """Return the answer; one of status ``also`` is no refusal."""
        content = encode_json(body) if body is not None else None
        headers = {"Content-Type": "application/json"} if body is not None else None
        try:
            # httpx times each read; a slow drip never trips it, so the whole call has a deadline of its own.
            async with asyncio.timeout(deadline):
                response = await self._http.request(
                    method, path, content=content, headers=headers, params=params, timeout=deadline
                )
        except (httpx.HTTPError, TimeoutError, RuntimeError) as error:  # RuntimeError: the client was closed meanwhile
            raise Unreachable(_reason(error)) from error
        if response.is_error and response.status_code != also:
            raise _refusal(response)
        return response


async def _deliveries(source: httpx_sse.EventSource) -> AsyncIterator[Delivery]:
    yield Heartbeat()
    try:
        async for sse in source.aiter_sse():
            delivery = _delivery(sse)
            if delivery is not None:
                yield delivery
    except (httpx.HTTPError, httpx_sse.SSEError) as error:
        raise Unreachable(_reason(error)) from error


def _delivery(sse: httpx_sse.ServerSentEvent) -> Delivery | None:
    if not sse.data:
        return None
    try:
        data: Any = json.loads(sse.data)
        passing = _passing(sse.event, data)
        if passing is not None or not isinstance(data, dict) or "seq" not in data:
            return passing
        return event_from_json(data)
    except (ValueError, KeyError, TypeError):
        # A newer server may log kinds this console does not know; the rest of the stream is still good.
        return None


def _passing(kind: str, data: Any) -> Delivery | None:  # noqa: ANN401 - JSON
    """Return what passes and is not logged; ``None`` where it is anything else."""
    match kind:
        case "typing":
            return TypingSeen(str(data["conversation"]), str(data["who"]), bool(data["active"]))
        case "writing":
            return decode(WritingSeen, data)
        case "practice":
            return PracticeSeen()
        case _:
            return None


def _draft(draft: str, *rest: str) -> str:
    return "/".join(("/v1/drafts", quote(draft, safe=""), *rest))


def _flags(response: httpx.Response) -> tuple[Flag, ...]:
    try:
        return decode(tuple[Flag, ...], response.json()["flags"])
    except (ValueError, KeyError, TypeError) as error:
        raise Garbled("The desk's answer to a check is not understood; update console and server.") from error


def _refusal(response: httpx.Response) -> Refused:
    kind = _ERRORS.get(response.status_code, Refused)
    try:
        error = response.json()["error"]
        return kind(str(error["message"]), str(error["code"]))
    except (ValueError, KeyError, TypeError):
        return kind(f"The desk answered {response.status_code} to {response.request.url.path}.")


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return "The desk server does not answer in time."
    return "The desk server is not reachable."
