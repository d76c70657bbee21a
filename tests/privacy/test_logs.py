"""The server's log holds nothing that people wrote, by default."""

from pathlib import Path

import pytest

from console.workspace import Workspace
from tests.commands.running import wait_until
from tests.privacy.serving import running

pytestmark = pytest.mark.slow

WORDS = "zanzibarquokka"
"""A word that nobody else says."""


def test_a_conversation_leaves_no_word_in_the_server_s_log(tmp_path: Path) -> None:
    """Neither a message, nor a note, a draft, a name, a look-up, a wrap-up; nor where requests go wrong."""
    workspace = Workspace(tmp_path / "desk")
    workspace.root.mkdir()
    with running(workspace, tmp_path) as desk:
        wait_until(lambda: desk.ask("GET", "/ready").json()["ready"], within=120)
        row = desk.customer_writes(f"my {WORDS} is broken, I want to speak to a manager")
        robin, place = desk.agent(), f"/v1/conversations/{row['id']}"
        assert desk.ask("POST", f"{place}/claim", robin).is_success
        wait_until(lambda: '"mood-read"' in desk.ask("GET", place, robin).text or bool(desk.conversations()[0]["mood"]))
        asked = [
            ("POST", f"{place}/notes", {"text": f"their {WORDS} again", "key": "n1"}),
            ("POST", f"{place}/check", {"text": f"Dear {WORDS}"}),
            ("PUT", f"{place}/draft", {"text": f"Dear {WORDS}"}),
            ("GET", f"/v1/search?q={WORDS}", None),
            ("GET", f"/v1/conversations/{WORDS}", None),
            ("POST", f"{place}/messages", {"text": WORDS, "unknown": WORDS}),
            ("POST", f"{place}/messages", {"text": f"Your {WORDS} is on its way.", "key": "m1"}),
            ("POST", f"{place}/rewrite", {"text": WORDS, "tone": "warmer"}),
            ("GET", f"{place}/wrap-up", None),
            ("POST", f"{place}/close", {"disposition": WORDS, "resolved": True, "note": WORDS}),
        ]
        statuses = [desk.ask(method, path, robin, body).status_code for method, path, body in asked]
        assert statuses.count(200) + statuses.count(204) >= 5, statuses
        with desk.customer() as browser:
            browser.post("/chat/messages", json={"text": WORDS, "key": WORDS, "more": WORDS})
            browser.post("/chat/session", json={"token": WORDS})
        wait_until((workspace.past / "added.jsonl").exists)
    assert WORDS not in desk.log.read_text()
    assert WORDS not in "".join(file.read_text() for file in workspace.root.glob("*.log"))
