"""Practice on a team's database: a desk of its own beside the real one, shared by all servers, lost with none."""

import json
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

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
from tests.practice.consoles import SAYS, SCENARIO, Console, ready
from tests.practice.scripted import DEMO
from tests.store.desks import PostgresDesk
from tests.team.serving import KEY, Running, parts, start

pytestmark = pytest.mark.slow

Start = Callable[[str], Running]


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
    wait_until(lambda: len(answers(place)) == 1, within=60)
    wait_until(lambda: here.messages(session) == there.messages(session))
    first = part_of(duty_of(NAME)) < PARTS // 2  # who comes second takes the parts with the higher numbers
    player, left = (one, there) if first else (two, here)
    player.process.send_signal(signal.SIGKILL)
    left.says(session, SAYS[1])
    wait_until(lambda: len(answers(place)) == 2, within=60)
    left.says(session, SAYS[2])
    wait_until(lambda: len(answers(place)) == 3, within=60)
    assert [move["turn"] for move in answers(place)] == [1, 2, 3]
    keys = place.rows("SELECT external_id FROM practice.events WHERE actor = 'customer' AND external_id <> ''")
    assert len(keys) == len(set(keys))


def test_a_server_that_is_told_to_end_hands_the_customers_of_practice_on_first(
    place: PostgresDesk, begin: Start, token: str
) -> None:
    """It takes on no console that practises, lets go while it still runs, and what was said to it is answered once."""
    one, two = begin("one"), begin("two")
    ready(one)
    ready(two)
    wait_until(lambda: [parts(server, "/practice/metrics") for server in (one, two)] == [PARTS // 2] * 2, within=60)
    first = part_of(duty_of(NAME)) < PARTS // 2
    ends, stays = (one, two) if first else (two, one)
    console, other = Console(ends, token), Console(stays, token)
    session = console.begins()
    console.says(session, SAYS[0])
    wait_until(lambda: len(answers(place)) == 1, within=60)
    console.says(session, SAYS[1])
    ends.process.send_signal(signal.SIGTERM)
    wait_until(lambda: ends.asks("/practice/ready").status_code == 503, within=5)
    wait_until(lambda: parts(ends, "/practice/metrics") == 0, within=5)
    _, said_last = ends.process.communicate(timeout=30)
    assert (ends.process.returncode, '"whole": true' in said_last) == (0, True), said_last
    assert parts(stays, "/practice/metrics") == PARTS
    wait_until(lambda: len(answers(place)) == 2, within=60)
    other.says(session, SAYS[2])
    wait_until(lambda: len(answers(place)) == 3, within=60)
    assert [move["turn"] for move in answers(place)] == [1, 2, 3]
    said = other.messages(session)
    assert len(said) == len(set(said))


def answers(place: PostgresDesk) -> list[dict[str, Any]]:
    """Return where the customer stood after each message of the agent; what they said to silence left out."""
    asked = (
        "SELECT p.payload FROM practice.events e JOIN practice.payloads p USING (seq) "
        "WHERE e.kind = 'customer-moved' ORDER BY e.seq"
    )
    return [move for (payload,) in place.rows(asked) if (move := json.loads(payload))["message"]]
