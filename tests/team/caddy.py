"""A real Caddy with the Caddyfile that operators get, before servers of our own; in the clear, on a port of its own."""

import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.commands.running import wait_until
from tests.team.serving import Proxy, Running

CADDY = shutil.which("caddy")
CADDYFILE = Path(__file__).parents[2] / "deploy" / "Caddyfile"
WITHOUT = "no Caddy here: apt-get install caddy"


class ThroughCaddy(Proxy):
    """Leaves it to Caddy to find a server that is ready."""

    async def pick(self) -> httpx.AsyncClient:
        """Return the one client there is."""
        return self._clients[0]


def adapted(text: str, folder: Path) -> str:
    """Return a Caddyfile as the JSON that Caddy runs; raises where it cannot be read or used."""
    file = folder / "Caddyfile"
    file.write_text(text, encoding="utf-8")
    command = [str(CADDY), "adapt", "--adapter", "caddyfile", "--validate", "--config", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=_environment(folder)).stdout


@contextmanager
def in_front(servers: Sequence[Running], folder: Path) -> Iterator[Running]:
    """Run Caddy before two servers; yields it as if it were one."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    text = CADDYFILE.read_text(encoding="utf-8").replace("desk.example {", f"http://127.0.0.1:{port} {{")
    for address, server in zip(re.findall(r"10\.0\.0\.1\d:8620", text), servers, strict=True):
        text = text.replace(address, server.url.removeprefix("http://"))
    whole = json.loads(adapted(text, folder)) | {"admin": {"disabled": True}}
    config = folder / "caddy.json"
    config.write_text(json.dumps(whole), encoding="utf-8")
    with (folder / "log").open("wb") as log:
        command = [str(CADDY), "run", "--config", str(config)]
        process = subprocess.Popen(command, stdout=log, stderr=log, text=True, env=_environment(folder))
    caddy = Running(servers[0].workspace, process, f"http://127.0.0.1:{port}")
    try:
        wait_until(lambda: _ready(caddy))
        yield caddy
    finally:
        process.terminate()
        process.wait()


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "XDG_DATA_HOME": str(folder / "data"), "XDG_CONFIG_HOME": str(folder / "config")}


def _ready(caddy: Running) -> bool:
    try:
        return caddy.asks("/ready").status_code == httpx.codes.OK
    except httpx.TransportError:
        return False
