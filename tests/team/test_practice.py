"""Practice on a team's database: a desk of its own beside the real one, shared by all servers, lost with none."""

import json
import secrets
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from console.accounts.opening import open_accounts
from console.conversation.events import ConversationOpened, NewEvent
from console.conversation.people import Customer, Role
from console.desk.channels.practice import NAME
from console.desk.desk import utc_now
from console.desk.outbox import duty_of
from console.desk.servers import PARTS, part_of
from console.server.published import publish
from console.sign_in_settings import SignInSettings
from console.store.postgres import PostgresDatabase
from console.store.postgres.content import PublishedContent
from console.workspace import Workspace
from tests.commands.running import wait_until
from tests.practice.scripted import DEMO, Skilled, lines
from tests.store.desks import PostgresDesk
from tests.team.serving import KEY, Running, parts, start

pytestmark = pytest.mark.slow

SCENARIO = "boots-before-the-ridge"
SAYS = [line.says[0] for line in lines(SCENARIO, Skilled.STRONG)]

Start = Callable[[str], Running]


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


@pytest.fixture
def token(place: PostgresDesk, monkeypatch: pytest.MonkeyPatch) -> str:
    """The token of an agent whom all servers know; the demo's content is published."""
    monkeypatch.setenv("SECONDCHAIR_AUDIT_KEY", KEY)
    place.open()
    database = PostgresDatabase(place.address)
    publish(PublishedContent(database), DEMO)
    database.close()
    accounts = open_accounts(Workspace(place.workspace), SignInSettings(), place.address)
    made, _ = accounts.keep(Role.AGENT, "Robin Ashdale")
    accounts.close()
    return made


@pytest.fixture
def begin(place: PostgresDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Start servers of the desk whose customers write in no time; what still runs is killed at the end."""
    monkeypatch.setenv("SECONDCHAIR_PRACTICE__SPEED", "50")
    running: list[Running] = []

    def started(name: str) -> Running:
        running.append(start(tmp_path / name, place.address))
        return running[-1]

    yield started
    for server in running:
        server.process.kill()
        server.process.communicate()


def ready(server: Running) -> None:
    """Wait until sessions can be begun."""
    wait_until(lambda: server.asks("/ready").json()["assist"] == "ready", within=60)


def messages_of(place: PostgresDesk) -> list[tuple[Any, ...]]:
    """Return how many events of conversations the real desk's log has, and how many conversations its inbox."""
    return place.rows(
        "SELECT (SELECT count(*) FROM events WHERE conversation <> ''), (SELECT count(*) FROM conversations)"
    )


def test_a_session_is_played_from_its_beginning_to_the_debrief(place: PostgresDesk, begin: Start, token: str) -> None:
    """On a database that was at work before anybody could practise; nothing of it is in the real desk's log."""
    log = place.open()
    log.append([NewEvent("c1", "customer:dana", ConversationOpened("web", Customer("dana")), utc_now())])
    place.close()
    assert place.rows("SELECT count(*) FROM pg_namespace WHERE nspname = 'practice'") == [(0,)]
    server = begin("one")
    ready(server)
    before = messages_of(place)
    console = Console(server, token)
    session = console.begins()
    heard = len(console.messages(session))
    for text in SAYS:
        console.says(session, text)
        heard = console.hears(session, heard)
    console.does(f"{session}/close", {"disposition": "practice", "resolved": True})
    report = console.asks(f"/v1/practice/sessions/{session.rsplit('/', 1)[1]}")
    assert (report["scenario"], report["won"], report["ending"]) == (SCENARIO, True, "settled")
    assert messages_of(place) == before == [(1, 1)]
    assert [row["id"] for row in console.asks("/v1/inbox")["rows"]] == ["c1"]
    scored = place.rows("SELECT count(*) FROM practice.events WHERE kind = 'practice-scored'")
    assert scored == [(1,)]


def test_a_session_goes_on_at_the_other_server_when_one_is_killed(
    place: PostgresDesk, begin: Start, token: str
) -> None:
    """The one that plays the customers; begun on one it is seen on the other, and each message is answered once."""
    one, two = begin("one"), begin("two")
    ready(one)
    ready(two)
    wait_until(lambda: [parts(server, "/practice/metrics") for server in (one, two)] == [PARTS // 2] * 2, within=60)
    here, there = Console(one, token), Console(two, token)
    session = here.begins()
    wait_until(lambda: session.rsplit("/", 1)[1] in {row["id"] for row in there.asks("/practice/v1/inbox")["rows"]})
    there.says(session, SAYS[0])
    heard = there.hears(session, len(there.messages(session)))
    wait_until(lambda: here.messages(session) == there.messages(session))
    first = part_of(duty_of(NAME)) < PARTS // 2  # who comes second takes the parts with the higher numbers
    player, left = (one, there) if first else (two, here)
    player.process.send_signal(signal.SIGKILL)
    left.says(session, SAYS[1])
    left.hears(session, heard)
    left.says(session, SAYS[2])
    wait_until(lambda: len(moves(place)) == 3, within=30)
    assert [(move["turn"], move["silences"]) for move in moves(place)] == [(1, 0), (2, 0), (3, 0)]
    keys = place.rows("SELECT external_id FROM practice.events WHERE actor = 'customer' AND external_id <> ''")
    assert len(keys) == len(set(keys))


def moves(place: PostgresDesk) -> list[dict[str, Any]]:
    """Return where the customers stood, message by message."""
    asked = (
        "SELECT p.payload FROM practice.events e JOIN practice.payloads p USING (seq) "
        "WHERE e.kind = 'customer-moved' ORDER BY e.seq"
    )
    return [json.loads(payload) for (payload,) in place.rows(asked)]
