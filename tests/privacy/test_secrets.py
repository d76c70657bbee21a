"""No secret is ever logged, answered, kept in the log or printed, whatever goes wrong."""

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from console.settings import Settings, SettingsError, StoreSettings, chosen_settings, load_settings
from console.workspace import Workspace
from tests.commands.running import process, wait_until
from tests.privacy.serving import Running, running, traces

pytestmark = pytest.mark.slow

LLM, TOOLS, MATRIX, CHATWOOT = ("canary-llm-93af", "canary-tools-41bc", "canary-matrix-77de", "canary-chatwoot-08aa")
CHAT = "canary-chat-secret-of-the-host-page-5d21"
DATABASE = "canary-database-6e0c"
AUDIT = "ca7a" * 16
SECRETS = (LLM, TOOLS, MATRIX, CHATWOOT, CHAT, AUDIT)


class _Refuses(BaseHTTPRequestHandler):
    """Refuses every request, and says in its answer with which key it was asked."""

    def _refuse(self) -> None:
        key = self.headers.get("Authorization") or self.headers.get("api_access_token") or ""
        said = f"wrong key: {key}"
        body = json.dumps({"error": said, "errcode": "M_UNKNOWN_TOKEN", "message": said, "detail": said}).encode()
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(401, said)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = _refuse  # noqa: N815 - the names are the standard library's

    def log_message(self, *_: object) -> None:
        """Write nothing."""


@pytest.fixture
def refusing() -> Iterator[str]:
    """The address of a server that refuses whatever it is asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Refuses)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with the web chat's secret in a file of its own."""
    made = Workspace(tmp_path / "desk")
    made.root.mkdir()
    (made.root / "chat.secret").write_text(CHAT, encoding="utf-8")
    made.config.write_text('[web_chat]\nsecret_file = "chat.secret"\n', encoding="utf-8")
    return made


def environment(address: str) -> dict[str, str]:
    """Return settings in which every secret is a canary, and every system they are for refuses them."""
    return {
        "SECONDCHAIR_AUDIT_KEY": AUDIT,
        "SECONDCHAIR_LLM__ADDRESS": f"{address}/v1",
        "SECONDCHAIR_LLM__MODEL": "any",
        "SECONDCHAIR_LLM__KEY": LLM,
        "SECONDCHAIR_TOOLS__ADDRESS": f"{address}/desk",
        "SECONDCHAIR_TOOLS__KEY": TOOLS,
        "SECONDCHAIR_MATRIX__ADDRESS": address,
        "SECONDCHAIR_MATRIX__TOKEN": MATRIX,
        "SECONDCHAIR_CHATWOOT__ADDRESS": address,
        "SECONDCHAIR_CHATWOOT__ACCOUNT": "1",
        "SECONDCHAIR_CHATWOOT__TOKEN": CHATWOOT,
    }


def found_in(text: str, *more: str) -> list[str]:
    """Return which secrets stand in a text."""
    return [secret for secret in (*SECRETS, *more) if secret in text]


def asked_everything(desk: Running, conversation: str, agent: str) -> str:
    """Ask every route that can be read, rightly and wrongly, and return all that was answered."""
    paths = desk.ask("GET", "/openapi.json").json()["paths"]
    answers: list[httpx.Response] = []
    for path, methods in paths.items():
        named = re.sub(r"\{[^}]*\}", "x", path.replace("{conversation}", conversation))
        if "get" in methods and "events" not in path:
            answers += [desk.ask("GET", named), desk.ask("GET", named, agent), desk.ask("GET", named, "wrong")]
        if "post" in methods and path != "/v1/tokens":
            answers += [desk.ask("POST", named, agent, {"text": 1}), desk.ask("POST", named, "wrong", {})]
    return "\n".join(f"{answer.headers} {answer.text}" for answer in answers)


def test_a_server_that_meets_every_fault_shows_no_secret(
    workspace: Workspace, tmp_path: Path, refusing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In its log, its answers, its events, beside it on the disk, and what ``doctor`` says."""
    given = environment(refusing)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with running(workspace, tmp_path) as desk:
        row = desk.customer_writes("where is my parcel?")
        agent = desk.agent()
        place = f"/v1/conversations/{row['id']}"
        assert desk.ask("POST", f"{place}/claim", agent).is_success
        wait_until(lambda: desk.ask("GET", "/ready").json()["ready"], within=120)
        rewritten = desk.ask("POST", f"{place}/rewrite", agent, {"text": "we look", "tone": "warmer"}).text
        assert "failed" in rewritten
        wait_until(lambda: "matrix" in desk.log.read_text() and "chatwoot" in desk.log.read_text())
        with desk.customer() as browser:
            refused = browser.post("/chat/session", json={"token": "a.b.c"})
            assert refused.status_code == 401
        answers = asked_everything(desk, row["id"], agent)
        doctor = process("doctor", "--workspace", workspace.root, within=120)
        exported = process("export", "--workspace", workspace.root).out
        tokens = (desk.owner, agent)
        for text in (rewritten, refused.text, answers, doctor.out + doctor.err, exported):
            assert found_in(text, *tokens) == []
    log = desk.log.read_text()
    assert found_in(log, *tokens) == []
    (workspace.root / "chat.secret").unlink()
    assert traces(workspace.root, *(secret.encode() for secret in (*SECRETS, *tokens))) == []
    assert found_in(repr(chosen_settings(None, workspace.config)) + str(Settings())) == []


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://app:{DATABASE}@127.0.0.1:1/desk",
        f"postgresql://app:{DATABASE}@nowhere.invalid/desk",
        f"postgresql://app:{DATABASE}@[::bad/desk",
        f"mysql://app:{DATABASE}@127.0.0.1/desk",
    ],
)
def test_a_wrong_address_of_the_database_does_not_show_its_password(
    workspace: Workspace, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither when a server cannot start, nor in what ``doctor`` and other commands say of it."""
    monkeypatch.setenv("SECONDCHAIR_STORE__ADDRESS", address)
    for command in (("serve", "--port", "0"), ("doctor",), ("export",), ("customer", "erase", "u1", "--yes")):
        done = process(*command, "--workspace", workspace.root, within=120)
        assert DATABASE not in done.out + done.err, command
        assert command == ("doctor",) or done.code != 0


def test_the_database_s_address_may_stand_in_a_file(tmp_path: Path) -> None:
    """With its password; whatever is wrong with the file, what stands in it is not quoted."""
    config, file = tmp_path / "config.toml", tmp_path / "database.secret"
    config.write_text('[store]\naddress_file = "database.secret"\n', encoding="utf-8")
    file.write_text(f"postgresql://app:{DATABASE}@db/desk\n", encoding="utf-8")
    settings = chosen_settings(None, config)
    assert settings.store.address == f"postgresql://app:{DATABASE}@db/desk"
    assert DATABASE not in repr(settings)
    for wrong in (f"mysql://app:{DATABASE}@db/desk", ""):
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(SettingsError, match=r"database\.secret") as caught:
            chosen_settings(None, config)
        assert DATABASE not in str(caught.value)
    file.unlink()
    with pytest.raises(SettingsError, match="cannot be read"):
        chosen_settings(None, config)
    both = {"SECONDCHAIR_STORE__ADDRESS": "postgresql://db/desk"}
    config.write_text('[store]\naddress_file = "x"\naddress = "postgresql://db/desk"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="both"):
        chosen_settings(None, config)
    assert load_settings(None, both).store == StoreSettings(address="postgresql://db/desk")
