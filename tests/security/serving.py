"""A desk server of its own process over the demo company, people of every role, and customers at its web chat."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from console.accounts.opening import open_accounts
from console.commands.init import prepare
from console.conversation.people import Role
from console.server.lock import served
from console.settings import Settings
from console.workspace import Workspace
from tests.commands.running import wait_until
from tests.server.conftest import PEOPLE

SETTINGS = """
[model]
threads = 1
[web_chat]
messages_per_minute = 600
[attachments]
per_hour = 1000
"""


@dataclass
class Team:
    """A running server: where it listens, what its people come with, and where what it says of itself goes."""

    workspace: Workspace
    url: str
    tokens: dict[Role, str]
    process: subprocess.Popen[bytes]
    log: Path
    line: httpx.Client

    def ask(self, role: Role | None, verb: str, path: str, **more: Any) -> httpx.Response:  # noqa: ANN401 - of httpx
        """Make one request as somebody of the staff, or as nobody."""
        headers = {**self.bearer(role), **more.pop("headers", {})}
        self.line.cookies.clear()
        return self.line.request(verb, path, headers=headers, **more)

    def bearer(self, role: Role | None) -> dict[str, str]:
        """Return the header that says who asks."""
        return {"Authorization": f"Bearer {self.tokens[role]}"} if role else {}

    @contextmanager
    def customer(self, *texts: str) -> Iterator[httpx.Client]:
        """Yield a browser on the chat page, once it has written this."""
        with httpx.Client(base_url=self.url, headers={"Origin": self.url}, timeout=30) as page:
            page.post("/chat/session", json={}).raise_for_status()
            for number, text in enumerate(texts):
                page.post("/chat/messages", json={"text": text, "key": f"key-{number:04}"}).raise_for_status()
            yield page

    def conversation_with(self, words: str) -> str:
        """Return the conversation in which the newest message says this."""
        found: list[str] = []

        def there() -> bool:
            rows = self.ask(Role.LEAD, "GET", "/v1/inbox").json()["rows"]
            found[:] = [row["id"] for row in rows if words in str(row)]
            return bool(found)

        wait_until(there)
        return found[0]


@contextmanager
def serving(root: Path, models: Path, more: str = "") -> Iterator[Team]:
    """Run a server on a new workspace until the block ends; it is ready, model and all, by the time this yields.

    ``more`` are settings besides.
    """
    home = root / "home"
    workspace = Workspace(root / "desk")
    prepare(workspace, demo=True)
    (workspace.content / "past.jsonl").unlink()  # what colleagues once wrote plays no part here, and takes time to read
    workspace.config.write_text(SETTINGS + more, encoding="utf-8")
    accounts = open_accounts(workspace, Settings().sign_in)
    tokens = {role: accounts.keep(role, name)[0] for role, name in PEOPLE.items()}
    accounts.close()
    log = root / "server.log"
    command = [sys.executable, "-m", "console", "serve", "--workspace", str(workspace.root), "--port", "0"]
    with log.open("wb") as said:
        child = subprocess.Popen(command, env=_environment(home, models), stdout=said, stderr=said)
    try:
        wait_until(lambda: served(workspace) is not None or child.poll() is not None, within=60)
        found = served(workspace)
        assert found is not None, log.read_text(encoding="utf-8")
        with httpx.Client(base_url=found.url, timeout=30) as line:
            team = Team(workspace, found.url, tokens, child, log, line)
            wait_until(lambda: _equipped(team), within=120)
            yield team
    finally:
        child.terminate()
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _environment(home: Path, models: Path) -> dict[str, str]:
    """Return an environment with a home and a cache of its own; only the exported model is shared."""
    folders = {f"XDG_{kind}": str(home / kind.lower()) for kind in ("CONFIG_HOME", "CACHE_HOME", "DATA_HOME")}
    cache = home / "cache_home" / "secondchair"
    cache.mkdir(parents=True)
    (cache / "models").symlink_to(models)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SECONDCHAIR_", "XDG_"))}
    return {**kept, **folders, "HOME": str(home)}


def _equipped(team: Team) -> bool:
    """Return whether articles can be looked up already."""
    return team.ask(Role.LEAD, "GET", "/v1/search", params={"q": "lost parcel"}).status_code == httpx.codes.OK
