"""From a customer's message to full panels: ``python -m bench.latency [MESSAGES]``.

A private desk server runs in a process of its own on the demo workspace, warm. Visitors of its web chat write over HTTP
what the demo's own customers say. A console's stream of server-sent events tells when the message stood
in the log and when the last part of its assistance came. ``accepted`` is measured from the moment the message was sent,
``filled`` from its acceptance (the HTTP answer) to the last assist event of its turn.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx
from httpx_sse import aconnect_sse

from console.commands.attach import WorkspaceDesk
from console.commands.init import prepare
from console.workspace import Workspace

MESSAGES = 200
TURNS = 4
"""Messages of one visitor, so that conversations have a history."""
WARM_UP = 12
QUIET = 0.4
"""Seconds without an assist event after which a turn counts as finished; not part of what is measured."""
LAST = "summary-updated"
"""The part that the engine yields last."""


@dataclass
class Turn:
    """When what happened to one message, in seconds of a monotonic clock."""

    sent: float
    accepted: float = 0.0
    parts: list[tuple[str, float]] = field(default_factory=list)


@dataclass(frozen=True)
class Result:
    """Milliseconds over all messages."""

    messages: int
    cores: int
    accepted_p50: float
    accepted_p95: float
    first_part_p50: float
    filled_p50: float
    filled_p95: float
    filled_worst: float
    without_suggestions: int
    """Turns that had no suggested replies event: human-only, or not in English."""


class Console:
    """Follows the events as a console does, and notes when they come."""

    def __init__(self) -> None:
        self.turns: dict[str, Turn] = {}
        """The turn that each visitor waits for, by conversation."""
        self.written: asyncio.Queue[str] = asyncio.Queue()
        self.news = asyncio.Event()

    async def follow(self, url: str, token: str, listening: asyncio.Event) -> None:
        """Read events until cancelled."""
        async with httpx.AsyncClient(timeout=60) as client:
            headers = {"Authorization": f"Bearer {token}"}
            async with aconnect_sse(client, "GET", f"{url}/v1/events?after=0", headers=headers) as source:
                listening.set()
                async for event in source.aiter_sse():
                    self._take(event.event, json.loads(event.data) if event.data else {}, time.perf_counter())

    def _take(self, kind: str, row: dict[str, Any], now: float) -> None:
        if kind == "message-added" and row["data"]["role"] == "customer":
            self.written.put_nowait(row["conversation"])
        turn = self.turns.get(row.get("conversation", ""))
        if turn and row.get("actor") == "assist":
            turn.parts.append((kind, now))
            self.news.set()


def texts(content: Path) -> list[str]:
    """Return what the demo's customers say, in the order of the scenarios."""
    import tomllib

    found = []
    for file in sorted((content / "scenarios").glob("*.toml")):
        scenario = tomllib.loads(file.read_text(encoding="utf-8"))
        found += [line["text"] for line in scenario["bot_part"] if line["role"] == "customer"]
        found += [text for step in scenario["step"] for text in step["say"]]
    return list(dict.fromkeys(found))


async def measure(url: str, token: str, said: list[str], count: int) -> list[Turn]:
    """Write ``count`` messages one after the other, after some to warm up, and return their turns."""
    console, listening = Console(), asyncio.Event()
    following = asyncio.create_task(console.follow(url, token, listening))
    await listening.wait()
    turns = []
    visitor: httpx.AsyncClient | None = None
    conversation = ""
    for number in range(WARM_UP + count):
        if number % TURNS == 0:
            if visitor:
                await visitor.aclose()
            visitor = httpx.AsyncClient(base_url=url, headers={"Origin": url}, timeout=30)
            (await visitor.post("/chat/session", json={})).raise_for_status()
            conversation = ""
        assert visitor is not None
        turn = Turn(time.perf_counter())
        if conversation:
            console.turns[conversation] = turn
        body = {"text": said[number % len(said)], "key": f"k{number:08d}"}
        answer = asyncio.create_task(visitor.post("/chat/messages", json=body))
        conversation = await console.written.get()
        console.turns[conversation] = turn
        (await answer).raise_for_status()
        turn.accepted = time.perf_counter()
        await _finished(console, turn)
        if number >= WARM_UP:
            turns.append(turn)
    if visitor:
        await visitor.aclose()
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
    return turns


async def _finished(console: Console, turn: Turn) -> None:
    """Wait for the last part, or for a silence where the turn has no such part."""
    while not any(kind == LAST for kind, _ in turn.parts):
        console.news.clear()
        try:
            async with asyncio.timeout(QUIET if turn.parts else 5.0):
                await console.news.wait()
        except TimeoutError:
            return


def summarise(turns: list[Turn]) -> Result:
    """Return the figures of the turns."""

    def ms(values: list[float], percent: int) -> float:
        return round(quantiles(values, n=100, method="inclusive")[percent - 1] * 1000, 1)

    answered = [turn for turn in turns if turn.parts]
    accepted = [turn.accepted - turn.sent for turn in turns]
    first = [max(0.0, turn.parts[0][1] - turn.accepted) for turn in answered]
    filled = [max(0.0, turn.parts[-1][1] - turn.accepted) for turn in answered]
    return Result(
        messages=len(turns),
        cores=os.cpu_count() or 0,
        accepted_p50=ms(accepted, 50),
        accepted_p95=ms(accepted, 95),
        first_part_p50=ms(first, 50),
        filled_p50=ms(filled, 50),
        filled_p95=ms(filled, 95),
        filled_worst=round(max(filled) * 1000, 1),
        without_suggestions=sum("replies-suggested" not in {kind for kind, _ in turn.parts} for turn in turns),
    )


def wait_until_ready(url: str) -> None:
    """Wait until the engine is there."""
    until = time.monotonic() + 300
    while not httpx.get(f"{url}/ready", timeout=10).json()["ready"]:
        if time.monotonic() > until:
            sys.exit(f"the desk did not get ready: {httpx.get(f'{url}/ready').json()['assist']}")
        time.sleep(0.1)


def main() -> None:
    """Print a table and a line of JSON."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES
    with tempfile.TemporaryDirectory(prefix="secondchair-bench-") as folder:
        workspace = Workspace(Path(folder) / "desk")
        prepare(workspace, demo=True)
        workspace.config.write_text("[web_chat]\nmessages_per_minute = 600\n", encoding="utf-8")
        desk = WorkspaceDesk(workspace, role="agent", name="Bench")
        try:
            url, token = desk.attach()
            wait_until_ready(url)
            result = summarise(asyncio.run(measure(url, token, texts(workspace.content), count)))
        finally:
            desk.stop()
    rows = asdict(result)
    for name, value in rows.items():
        print(f"{name.replace('_', ' '):<22} {value:>8}" + (" ms" if isinstance(value, float) else ""))
    print(json.dumps({"bench": "latency", **rows}))


if __name__ == "__main__":
    main()
