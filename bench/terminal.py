"""The console's first paint, memory and typing latency, each in processes of its own on a pseudo-terminal.

``python -m bench.terminal`` prints JSON lines and a table.

- *First paint*: from the start of the process to the first painted screen, as a ratio to an app of Textual that shows
  nothing, median of five, taken in turns.
- *Memory*: resident set of a console that is connected over HTTP and shows a conversation of 2,000 messages.
- *Typing*: from a key to the painted screen, while messages, replies, summary, knowledge and mood arrive five times a
  second in a conversation of 2,000 messages. The calmest of three runs counts, because other work on the machine adds
  to every one of them; a text area alone is measured beside it.
"""

import fcntl
import gc
import json
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 5
KEYS = 300
MESSAGES = 2_000
WIDTH, HEIGHT = 200, 60

EMPTY = """
from textual.app import App
from bench.terminal import report_paint
class Empty(App):
    def on_mount(self):
        self.call_after_refresh(report_paint, self)
Empty().run()
"""

PAINT = """
from console.terminal.app import ConsoleApp
from bench.terminal import report_paint
async def connect(progress):
    import asyncio
    await asyncio.Event().wait()
class Painted(ConsoleApp):
    def on_mount(self):
        super().on_mount()
        self.main.call_after_refresh(report_paint, self)
Painted(connect).run()
"""

SERVE = "from bench.terminal import serve; serve()"

MEMORY = """
import os
from console.terminal.app import ConsoleApp
from bench.terminal import resident, write
async def connect(progress):
    return os.environ["BENCH_DESK"], "token"
class Measured(ConsoleApp):
    def on_ready(self):
        self.set_timer(0.1, self.look)
    async def look(self):
        if not self.controller.connection.live:
            self.set_timer(0.1, self.look)
            return
        await self.controller.open("c-dana")
        self.set_timer(2.0, self.done)
    def done(self):
        assert len(self.controller.conversation.messages) >= 2000
        write({"megabytes": resident()})
        self.exit()
Measured(connect).run()
"""

TYPING = "from bench.terminal import type_and_measure; type_and_measure()"

PLAIN = "from bench.terminal import type_plainly; type_plainly()"


def main() -> None:
    """Measure, and print each figure as a JSON line and all of them as a table."""
    paints: dict[str, list[float]] = {"empty": [], "console": []}
    for _ in range(ROUNDS):
        paints["empty"].append(on_a_pty(EMPTY)["seconds"])
        paints["console"].append(on_a_pty(PAINT)["seconds"])
    empty, console = (statistics.median(paints[name]) for name in ("empty", "console"))
    figures: list[tuple[str, dict[str, float], str]] = [
        ("first paint", {"empty_s": empty, "console_s": console, "ratio": console / empty}, "ratio ≤ 3"),
        ("memory", measure_memory(), "≤ 90 MB"),
        ("typing", measure_typing(), "p95 ≤ 50 ms"),
    ]
    for name, values, target in figures:
        print(
            json.dumps({"bench": f"terminal {name}", **{k: round(v, 3) for k, v in values.items()}, "target": target})
        )
    print(f"\n{'what':<14}{'measured':<52}target")
    for name, values, target in figures:
        print(f"{name:<14}{'  '.join(f'{k} {v:.2f}' for k, v in values.items()):<52}{target}")


def measure_typing() -> dict[str, float]:
    """Return the calmest of three runs, and beside it a text area alone: the difference is the console's."""
    runs = [on_a_pty(TYPING, seconds=120) for _ in range(3)]
    best = min(runs, key=lambda run: run["p95_ms"])
    return {**best, "text_area_alone_p95_ms": on_a_pty(PLAIN, seconds=120)["p95_ms"]}


def measure_memory() -> dict[str, float]:
    """Return the resident megabytes of a console connected to a desk in another process."""
    server = subprocess.Popen([sys.executable, "-c", SERVE], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        address = server.stdout.readline().strip() if server.stdout else ""
        return on_a_pty(MEMORY, {"BENCH_DESK": address})
    finally:
        server.terminate()
        server.wait()


def on_a_pty(code: str, environment: dict[str, str] | None = None, seconds: float = 60) -> dict[str, float]:
    """Run code as a process on a pseudo-terminal and return what it passed to :func:`write`."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
    with tempfile.NamedTemporaryFile() as file:
        variables = {
            **os.environ,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "PYTHONPATH": str(ROOT),
            "BENCH_OUT": file.name,
            "BENCH_START": str(time.time()),
            **(environment or {}),
        }
        child = subprocess.Popen([sys.executable, "-c", code], stdin=slave, stdout=slave, stderr=slave, env=variables)
        os.close(slave)
        screen, end = b"", time.monotonic() + seconds
        while child.poll() is None and time.monotonic() < end:
            if select.select([master], [], [], 0.1)[0]:
                try:
                    screen = (screen + os.read(master, 1 << 16))[-4000:]
                except OSError:
                    break
        child.kill() if child.poll() is None else None
        child.wait()
        os.close(master)
        result = Path(file.name).read_text(encoding="utf-8")
    if not result:
        sys.exit(f"the measured process said nothing; its screen ended in:\n{screen.decode(errors='replace')}")
    values: dict[str, float] = json.loads(result)
    return values


def write(values: dict[str, float]) -> None:
    """Pass figures to the process that measures."""
    Path(os.environ["BENCH_OUT"]).write_text(json.dumps(values), encoding="utf-8")


def report_paint(app: object) -> None:
    """Report the time from the start of the process, and leave."""
    write({"seconds": time.time() - float(os.environ["BENCH_START"])})
    app.exit()  # type: ignore[attr-defined]


def resident() -> float:
    """Return this process's resident megabytes."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def long_desk():  # noqa: ANN201 - a test double, imported late
    """Return a desk in memory whose first conversation has 2,000 messages."""
    from console.conversation import events as e
    from console.conversation.message import Author
    from tests.terminal.scenes import full_desk

    desk = full_desk()
    for number in range(MESSAGES):
        role = Author.CUSTOMER if number % 2 else Author.AGENT
        desk.append(
            "c-dana", e.MessageAdded(role, f"message {number}: some words about boots and parcels, as people write")
        )
    return desk


def serve() -> None:
    """Serve that desk over HTTP, as far as a console needs it to show a conversation."""
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import JSONResponse, Response, StreamingResponse
    from starlette.routing import Route

    from console.conversation.codec import encode

    desk = long_desk()

    async def answer(request: Request) -> Response:
        path = request.url.path
        if path == "/v1/me":
            return JSONResponse(encode(await desk.me()))
        if path == "/v1/inbox":
            return JSONResponse(encode(await desk.inbox()))
        if path == "/v1/events":

            async def pings():  # noqa: ANN202
                import asyncio

                while True:
                    yield b": ping\n\n"
                    await asyncio.sleep(1)

            return StreamingResponse(pings(), media_type="text/event-stream")
        if path.endswith("/completions"):
            return JSONResponse(encode(await desk.completions("c-dana")))
        if path == "/v1/conversations/c-dana":
            return JSONResponse(encode(await desk.conversation("c-dana")))
        return JSONResponse({"status": "ok"})

    app = Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST", "PUT"])])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))

    async def run() -> None:
        import asyncio

        task = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110 - uvicorn offers no event for it
            await asyncio.sleep(0.01)
        print(f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", flush=True)
        await task

    import asyncio

    asyncio.run(run())


async def type_into(app, area) -> list[float]:  # noqa: ANN001 - Textual is imported late
    """Press keys into a text area and return the milliseconds from each key to the painted screen."""
    import asyncio

    from textual.events import Key

    times = []
    for number in range(KEYS):
        await asyncio.sleep(0.05)
        letter = "abcdefghij klmnop qrst"[number % 22]
        length, painted = len(area.text), asyncio.Event()
        before = time.perf_counter()
        app.post_message(Key("space" if letter == " " else letter, letter))
        while len(area.text) == length:  # noqa: ASYNC110 - a measurement may poll
            await asyncio.sleep(0.0005)
        area.call_after_refresh(painted.set)
        await painted.wait()
        times.append((time.perf_counter() - before) * 1000)
    return times


def percentiles(times: list[float]) -> dict[str, float]:
    """Return the median, the 95th percentile and the longest."""
    times = sorted(times)
    return {"p50_ms": times[len(times) // 2], "p95_ms": times[int(len(times) * 0.95)], "max_ms": times[-1]}


def type_plainly() -> None:
    """Type into an app that is a text area and nothing else: what the machine allows just now."""
    from textual.app import App, ComposeResult
    from textual.widgets import TextArea

    class Plain(App[None]):
        def compose(self) -> ComposeResult:
            yield TextArea()

        def on_ready(self) -> None:
            self.run_worker(self.measure())

        async def measure(self) -> None:
            write(percentiles(await type_into(self, self.query_one(TextArea))))
            self.exit()

    Plain().run()


def type_and_measure() -> None:
    """Type into a console whose panels are busy, and report the time from each key to the painted screen."""
    import asyncio

    from console.conversation import assist_events as a
    from console.conversation import events as e
    from console.conversation.message import Author
    from console.terminal.app import ConsoleApp
    from tests.terminal.scenes import APOLOGY, HITS, REFUND, RESHIP, SUMMARY, mood

    desk = long_desk()

    def bustle(number: int) -> None:
        turn = desk.customer_count = getattr(desk, "customer_count", MESSAGES + 6) + 1  # type: ignore[attr-defined]
        name = f"m{turn}"
        desk.append("c-dana", e.MessageAdded(Author.CUSTOMER, f"another line {number}"))
        desk.append("c-dana", a.MoodRead(name, mood(-0.5 + (number % 5) / 10, "annoyed", "falling", 0.5)))
        desk.append("c-dana", a.RepliesSuggested(name, (RESHIP, APOLOGY, REFUND)[number % 3 :]))
        desk.append("c-dana", a.KnowledgeFound(name, HITS[number % 3 :] + HITS[: number % 3]))
        desk.append("c-dana", a.SummaryUpdated(name, SUMMARY[number % 3 :]))

    class Typed(ConsoleApp):
        def on_ready(self) -> None:
            self.run_worker(self.measure())

        async def measure(self) -> None:
            while not self.controller.connection.live:  # noqa: ASYNC110 - a measurement may poll
                await asyncio.sleep(0.05)
            await self.controller.open("c-dana")
            area = self.main.query_one("#draft")
            area.focus()
            await asyncio.sleep(1)
            busy = asyncio.create_task(self.keep_busy())
            times = await type_into(self, area)
            busy.cancel()
            write(percentiles(times))
            self.exit()

        async def keep_busy(self) -> None:
            for number in range(10_000):
                bustle(number)
                await asyncio.sleep(0.2)

    gc.freeze()  # as console.terminal.app.run does
    gc.set_threshold(50_000, 20, 50)
    Typed(desk.connect, open_desk=desk.open).run()


if __name__ == "__main__":
    main()
