"""The route that rewrites a draft: it answers with what is being written, then with the whole."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Final

import structlog
from fastapi import APIRouter
from sse_starlette import EventSourceResponse, ServerSentEvent

from console.conversation import commands as c
from console.conversation.codec import encode
from console.desk.errors import DeskError
from console.desk.rewriting import Rewriter
from console.server.access import DeskHere, Working
from console.server.bodies import Body

router = APIRouter(prefix="/v1/conversations/{conversation}", tags=["conversations"])

PING_SECONDS: Final = 5

_log = structlog.get_logger(__name__)


@router.post("/rewrite", response_class=EventSourceResponse)
async def rewrite(conversation: str, command: Body[c.Rewrite], agent: Working, desk: DeskHere) -> EventSourceResponse:
    """Rewrite a draft: events `writing` (`text` so far), then one `rewritten` (the result) or `failed` (`message`)."""
    rewriter = await desk.rewriting.prepared(agent, conversation, command)
    return EventSourceResponse(written(rewriter), ping=PING_SECONDS)


async def written(rewriter: Rewriter) -> AsyncIterator[ServerSentEvent]:
    """Yield the newest text each time there is more, then how it ended. Whoever stops taking it gives the call up."""
    news: asyncio.Queue[str | None] = asyncio.Queue()
    task = asyncio.create_task(rewriter.run(news.put_nowait))
    task.add_done_callback(lambda _: news.put_nowait(None))
    try:
        while (text := await news.get()) is not None:
            yield _event("writing", {"text": text})
        yield _event("rewritten", encode(await task))
    except DeskError as error:
        yield _event("failed", {"code": error.code, "message": str(error)})
    except Exception:
        _log.exception("rewriting failed")
        yield _event("failed", {"code": "unexpected", "message": "Not rewritten: the desk met an unexpected fault."})
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await task


def _event(name: str, data: object) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data, ensure_ascii=False), event=name)
