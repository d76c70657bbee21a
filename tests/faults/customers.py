"""Customers of the web chat, as a process that can be killed: it says on standard output what was acknowledged.

One line of JSON on standard input says who they are and how far each has come; each goes on behind their last
acknowledged message, under the same key where that one was never answered.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from bench.latency import texts
from console.workspace import Workspace
from tests.faults.reaching import Page, Way


async def write(given: dict[str, Any], who: int, number: int, said: list[str]) -> None:
    """Write for ever, message by message."""
    urls = given["urls"][who % len(given["urls"]) :] + given["urls"][: who % len(given["urls"])]
    page = Page(Way(urls))
    await page.open(given["tokens"][who])
    while True:
        number += 1
        key = f"c{who}-{number:08d}"
        await page.writes(f"{said[(who + number) % len(said)]} #{key}", key)
        sys.stdout.write(json.dumps({"who": who, "number": number}) + "\n")
        sys.stdout.flush()
        await asyncio.sleep(given["pause"])


async def main() -> None:
    """Let all of them write until killed."""
    given = json.loads(sys.stdin.readline())
    said = texts(Workspace(Path(given["workspace"])).content) or ["where is my parcel?"]
    async with asyncio.TaskGroup() as tasks:
        for who, number in enumerate(given["numbers"]):
            tasks.create_task(write(given, who, number, said))


if __name__ == "__main__":
    asyncio.run(main())
