"""A console that practises, at whichever server it is pointed to."""

import secrets
from typing import Any

import httpx

from tests.commands.running import wait_until
from tests.practice.scripted import Skilled, lines
from tests.team.serving import Running

SCENARIO = "boots-before-the-ridge"
SAYS = [line.says[0] for line in lines(SCENARIO, Skilled.STRONG)]


class Console:
    """An agent's console, at whichever server it is pointed to."""

    def __init__(self, server: Running, token: str) -> None:
        self.server, self._heads = server, {"Authorization": f"Bearer {token}"}

    def asks(self, path: str) -> Any:  # noqa: ANN401 - JSON
        """Return what is answered."""
        return self._request("GET", path).json()

    def does(self, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        """Do something, and return what is answered."""
        answer = self._request("POST", path, body)
        return answer.json() if answer.content else None

    def begins(self) -> str:
        """Begin a session, and return its path on the practice desk."""
        began = self.does("/v1/practice/sessions", {"scenario": SCENARIO, "seed": 1})
        return f"{began['path']}/v1/conversations/{began['conversation']}"

    def says(self, session: str, text: str) -> None:
        """Send a message in a session."""
        assert self.does(f"{session}/messages", {"text": text, "key": secrets.token_hex(6)})["sent"]

    def messages(self, session: str, role: str = "customer") -> list[str]:
        """Return what stands in a session, of one role."""
        return [one["text"] for one in self.asks(session)["conversation"]["messages"] if one["role"] == role]

    def hears(self, session: str, after: int) -> int:
        """Wait until the customer has answered; return how many messages of theirs there are then."""
        wait_until(lambda: len(self.messages(session)) > after, within=60)
        return len(self.messages(session))

    def _request(self, method: str, path: str, body: object = None) -> httpx.Response:
        url = f"{self.server.url}{path}"
        return httpx.request(method, url, json=body, headers=self._heads, timeout=30).raise_for_status()


def ready(server: Running) -> None:
    """Wait until sessions can be begun."""
    wait_until(lambda: server.asks("/ready").json()["assist"] == "ready", within=60)
