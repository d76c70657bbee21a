"""One call of an OpenAI-compatible server: ``POST …/chat/completions``, streamed."""

import json
from collections.abc import Callable
from time import perf_counter
from typing import Any, Final

import httpx

from console.assist.llm.ports import ModelTrouble, Prompt, Trouble, Written
from console.llm.streaming import MOST_BYTES, Answer

CONNECT: Final = 3.0
"""Seconds in which a connection must stand."""

TEMPERATURE: Final = 0.2
"""Little play: what is asked for is in the material."""

_BUSY: Final = frozenset({429, 503, 529})


class OpenAiModel:
    """A model at ``address`` (with its ``/v1``); ``key`` may be empty.

    Proxies and keys of the environment are not used, and redirects not followed: what is sent goes where the settings
    say and nowhere else. ``transport`` is for other ways to a server than the network.
    """

    def __init__(
        self, address: str, model: str, key: str = "", *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._address, self._model = address.rstrip("/"), model
        self._http = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {key}"} if key else {},
            follow_redirects=False,
            trust_env=False,
            verify=httpx.create_ssl_context(),  # but the authority that it names (SSL_CERT_FILE, SSL_CERT_DIR)
            limits=httpx.Limits(max_connections=8, max_keepalive_connections=4),
            transport=transport,
        )

    @property
    def name(self) -> str:
        """What the server calls the model."""
        return self._model

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def write(self, prompt: Prompt, seconds: float, heard: Callable[[str], None]) -> Written:
        """Return the whole answer; see :class:`console.assist.llm.ports.LanguageModel`.

        ``seconds`` bounds each wait for bytes; whoever calls bounds the whole (:class:`console.llm.GuardedModel`).
        """
        start, first, answer = perf_counter(), 0.0, Answer()
        timeout = httpx.Timeout(seconds, connect=min(CONNECT, seconds))
        body = json.dumps(_body(self._model, prompt)).encode()
        headers = {
            "Content-Type": "application/json",
            "Accept": "text/event-stream",
            "Accept-Encoding": "identity",  # a few bytes must not become a gigabyte
        }
        try:
            async with self._http.stream(
                "POST", f"{self._address}/chat/completions", content=body, headers=headers, timeout=timeout
            ) as response:
                _require_stream(response)
                if _is_object(response):
                    answer.take(await _object(response))
                    heard(answer.text)
                    first = _since(start)
                else:
                    async for data in response.aiter_raw():
                        if answer.feed(data):
                            first = first or _since(start)
                            heard(answer.text)
                        if answer.ended:
                            break
                answer.end()
        except httpx.TimeoutException as error:
            raise ModelTrouble(Trouble.LATE, f"{type(error).__name__} of {seconds:g} s") from error
        except httpx.TransportError as error:
            why = Trouble.CUT if answer.text else Trouble.UNREACHABLE
            raise ModelTrouble(why, f"the connection failed: {type(error).__name__}") from error
        if not answer.text.strip():
            raise ModelTrouble(Trouble.GARBLED, "the answer is empty")
        return Written(answer.text, answer.tokens_in, answer.tokens_out, first, _since(start))


def _body(model: str, prompt: Prompt) -> dict[str, Any]:
    body: dict[str, Any] = {
        "model": model,
        "messages": [{"role": "system", "content": prompt.task}, {"role": "user", "content": prompt.material}],
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": TEMPERATURE,
        "max_tokens": prompt.most_tokens,
    }
    if prompt.schema is not None:
        schema = {"name": "answer", "strict": True, "schema": prompt.schema}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    return body


def _require_stream(response: httpx.Response) -> None:
    """Raise unless the server takes the request and answers in a shape that can be read; the body is left alone."""
    status = response.status_code
    if status in _BUSY:
        raise ModelTrouble(Trouble.BUSY, f"it answered {status}", again_after=_retry_after(response))
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise ModelTrouble(Trouble.FAILED, f"it answered {status}")
    if status != httpx.codes.OK:
        raise ModelTrouble(Trouble.REFUSED, f"it answered {status}")
    kind = _kind(response)
    if kind not in {"text/event-stream", "application/json", ""}:
        raise ModelTrouble(Trouble.GARBLED, "it answered with another type of content than a stream or JSON")
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise ModelTrouble(Trouble.GARBLED, "it compressed its answer, unasked")


def _kind(response: httpx.Response) -> str:
    return str(response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()


def _is_object(response: httpx.Response) -> bool:
    return _kind(response) == "application/json"


async def _object(response: httpx.Response) -> Any:  # noqa: ANN401 - JSON is any of its types
    data = b""
    async for piece in response.aiter_raw():
        data += piece
        if len(data) > MOST_BYTES:
            raise ModelTrouble(Trouble.CUT, f"more than {MOST_BYTES:,} bytes came")
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ModelTrouble(Trouble.GARBLED, "the answer is not JSON") from error


def _retry_after(response: httpx.Response) -> float:
    """Return the seconds of the Retry-After header; 0 where it gives a date, nonsense or nothing."""
    said = response.headers.get("Retry-After", "").strip()
    return float(said) if said.isascii() and said.isdigit() and len(said) < 7 else 0.0  # noqa: PLR2004 - a week


def _since(start: float) -> float:
    return round((perf_counter() - start) * 1000, 1)
