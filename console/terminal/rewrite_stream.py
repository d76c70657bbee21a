"""What the desk answers to a request to rewrite a draft, read from its stream."""

from collections.abc import Callable

import httpx_sse

from console.conversation.codec import decode, decode_json
from console.conversation.commands import Rewritten
from console.terminal.errors import Garbled, Refused


async def rewritten(source: httpx_sse.EventSource, heard: Callable[[str], None]) -> Rewritten:
    """Return the result; ``heard`` is told what is being written. Raises ``Refused`` with why there is none."""
    try:
        async for sse in source.aiter_sse():
            match sse.event:
                case "writing":
                    heard(decode_json(dict[str, str], sse.data)["text"])
                case "rewritten":
                    return decode_json(Rewritten, sse.data)
                case "failed":
                    failure = decode(dict[str, str], sse.json())
                    raise Refused(failure["message"], failure["code"])
                case _:
                    pass
    except (ValueError, KeyError) as error:
        raise Garbled("The desk's answer to a rewrite is not understood; update console and server.") from error
    raise Garbled("The desk's answer broke off; your text is as it was. Try again.")
