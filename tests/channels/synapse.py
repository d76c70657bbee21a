"""A real Matrix homeserver, Synapse, that can be killed and started again; and customers on it."""

import contextlib
import importlib.util
import itertools
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

NAME = "desk.test"

_SETTINGS = """
listeners:
- {{port: {port}, bind_addresses: ["127.0.0.1"], type: http, tls: false, resources: [{{names: [client]}}]}}
trusted_key_servers: []
enable_registration: true
enable_registration_without_verification: true
bcrypt_rounds: 4
presence: {{enabled: false}}
caches: {{sync_response_cache_duration: 0s}}
rc_message: &free {{per_second: 1000, burst_count: 1000}}
rc_registration: *free
rc_login: {{address: *free, account: *free, failed_attempts: *free}}
rc_joins: {{local: *free, remote: *free}}
rc_invites: {{per_room: *free, per_user: *free, per_issuer: *free}}
rc_room_creation: *free
rc_admin_redaction: *free
"""

_LOGS = "{version: 1, disable_existing_loggers: true, root: {level: ERROR}}\n"


def missing() -> str:
    """Return why there is no homeserver here; empty where there is one."""
    return "" if importlib.util.find_spec("synapse") else "Synapse is not installed: pip install matrix-synapse"


class Synapse:
    """One homeserver in a folder of its own, on one port for as long as it lives; ``more`` is YAML of its settings."""

    def __init__(self, more: str = "") -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="synapse-"))
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count(1)
        self._configure(more)

    def start(self) -> None:
        """Start it and wait until it answers."""
        files = ("--config-path", "homeserver.yaml", "--config-path", "test.yaml")
        command = [sys.executable, "-m", "synapse.app.homeserver", *files]
        with (self.folder / "out").open("ab") as out:
            self._process = subprocess.Popen(command, cwd=self.folder, stdout=out, stderr=out)
        until = time.monotonic() + 60
        while time.monotonic() < until and self._process.poll() is None:
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{self.address}/health", timeout=2).is_success:
                    return
            time.sleep(0.05)
        raise RuntimeError(f"Synapse did not start: {(self.folder / 'out').read_text()[-2000:]}")

    @property
    def pid(self) -> int:
        """Its process."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """Kill it, with nothing finished."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None

    def remove(self) -> None:
        """End it and take its folder away."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def member(self, name: str = "customer", shown: str = "") -> "Member":
        """Return a new user with an access token."""
        body = {
            "username": f"{name}-{next(self._numbers)}",
            "password": "correct horse battery staple",
            "auth": {"type": "m.login.dummy"},
        }
        answer = httpx.post(f"{self.address}/_matrix/client/v3/register", json=body, timeout=30)
        answer.raise_for_status()
        member = Member(self.address, answer.json()["user_id"], answer.json()["access_token"])
        if shown:
            member.call("PUT", f"profile/{quote(member.user, safe='')}/displayname", {"displayname": shown})
        return member

    def _configure(self, more: str) -> None:
        made = ("--generate-config", "--report-stats=no", "--server-name", NAME)
        subprocess.run(
            [sys.executable, "-m", "synapse.app.homeserver", "--config-path", "homeserver.yaml", *made],
            cwd=self.folder,
            check=True,
            capture_output=True,
        )
        (self.folder / "test.yaml").write_text(_SETTINGS.format(port=self.port) + more)
        (self.folder / f"{NAME}.log.config").write_text(_LOGS)


@dataclass
class Member:
    """Somebody on the homeserver, writing with a client of their own."""

    address: str
    user: str
    token: str
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def call(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON is any of its types
        """Ask the homeserver for something."""
        answer = httpx.request(
            method,
            f"{self.address}/_matrix/client/v3/{path}",
            json=body,
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=30,
        )
        answer.raise_for_status()
        return answer.json()

    def invite(self, *others: "Member") -> str:
        """Open a room with somebody, or with several, and return it."""
        body = {"preset": "private_chat", "invite": [other.user for other in others], "is_direct": True}
        return str(self.call("POST", "createRoom", body)["room_id"])

    def write(self, room: str, text: str, **more: object) -> str:
        """Write into a room and return the event."""
        return self.send(room, "m.room.message", {"msgtype": "m.text", "body": text, **more})

    def send(self, room: str, kind: str, content: object) -> str:
        """Send an event of any kind."""
        path = f"rooms/{quote(room, safe='')}/send/{kind}/t{time.time_ns()}-{next(self._numbers)}"
        return str(self.call("PUT", path, content)["event_id"])

    def edit(self, room: str, event: str, text: str) -> str:
        """Edit a message."""
        relation = {"rel_type": "m.replace", "event_id": event}
        new = {"msgtype": "m.text", "body": text}
        return self.write(room, f"* {text}", **{"m.new_content": new, "m.relates_to": relation})

    def delete(self, room: str, event: str) -> str:
        """Delete a message."""
        path = f"rooms/{quote(room, safe='')}/redact/{quote(event, safe='')}/r{time.time_ns()}"
        return str(self.call("PUT", path, {})["event_id"])

    def set_state(self, room: str, kind: str, content: object, key: str = "") -> None:
        """Set a state of a room."""
        self.call("PUT", f"rooms/{quote(room, safe='')}/state/{kind}/{quote(key, safe='')}", content)

    def seen(self, room: str, kind: str = "m.text") -> list[tuple[str, str]]:
        """Return who said what in a room, oldest first; ``m.notice`` are notices."""
        page = self.call("GET", f"rooms/{quote(room, safe='')}/messages?dir=b&limit=200")
        said = [e for e in reversed(page["chunk"]) if e["content"].get("msgtype") == kind]
        return [(e["sender"], e["content"].get("body", "")) for e in said]

    def types(self, room: str) -> None:
        """Type."""
        path = f"rooms/{quote(room, safe='')}/typing/{quote(self.user, safe='')}"
        self.call("PUT", path, {"typing": True, "timeout": 20_000})

    def reads(self, room: str, event: str) -> None:
        """Read up to an event."""
        self.call("POST", f"rooms/{quote(room, safe='')}/receipt/m.read/{quote(event, safe='')}", {})

    def signs(self, room: str) -> dict[str, Any]:
        """Return who types in a room, and who has read what, by kind."""
        joined = self.call("GET", "sync")["rooms"]["join"][room]
        found: dict[str, Any] = {"m.typing": {}, "m.receipt": {}}
        return found | {event["type"]: event["content"] for event in joined["ephemeral"]["events"]}

    def sends_file(self, room: str, data: bytes, name: str, caption: str = "") -> str:
        """Send a file, whatever it is, as a picture."""
        answer = httpx.post(
            f"{self.address}/_matrix/media/v3/upload",
            content=data,
            params={"filename": name},
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "image/png"},
            timeout=30,
        )
        answer.raise_for_status()
        more = {"filename": name, "body": caption} if caption else {"body": name}
        return self.send(room, "m.room.message", {"msgtype": "m.image", "url": answer.json()["content_uri"], **more})
