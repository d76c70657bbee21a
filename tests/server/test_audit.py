"""What the log says of who came in and who was refused."""

import asyncio
import json

import pytest
from starlette.routing import Route

from console.accounts.administration import Administration
from console.accounts.errors import AccountsUnavailable
from console.conversation.events import WORKSPACE, Event
from console.conversation.people import Role
from console.conversation.sign_in_events import (
    AccountChanged,
    RequestsRefused,
    SessionsRevoked,
    SignedIn,
    SignedOut,
    SignInEvent,
    SignInRefused,
    TokenMade,
)
from console.server.audit import Audit
from console.server.refusals import _refused
from console.server.repeats import EVERY, MOST, Repeats
from tests.accounts.making import PASSWORD
from tests.desks import arrive, until
from tests.server.authorisation import CONVERSATION
from tests.server.conftest import PEOPLE, Served

NAME = PEOPLE[Role.LEAD]
KINDS = SignInEvent.__args__


@pytest.fixture
def administration(served: Served) -> Administration:
    """An administrator."""
    return Administration(served.accounts, served.app.state.passwords)


async def logged(served: Served) -> list[Event]:
    """Return these events of the log, once all that is due is written."""
    audit: Audit = served.app.state.audit
    await audit.write()
    return [event for event in await served.desk.live.history(WORKSPACE) if isinstance(event.data, KINDS)]


async def test_who_came_in_and_what_became_of_accounts_is_in_the_log_once(
    served: Served, administration: Administration
) -> None:
    """Each by whoever did it; written by any process, carried over by the server, however often it looks."""
    administration.add(NAME, [Role.LEAD], ["north"], PASSWORD)
    token, _ = served.accounts.keep(Role.AGENT, "Script", label="nightly")
    async with served.client(None) as client:
        for _ in range(2):
            begun = (await client.post("/v1/sign-in", json={"name": NAME, "password": PASSWORD})).json()
        client.headers["Authorization"] = f"Bearer {begun['token']}"
        await client.post("/v1/sign-out")
    administration.set_active(NAME, active=False)
    events = await logged(served)
    assert events == await logged(served)
    kinds = [type(event.data) for event in events]
    assert kinds == [AccountChanged, TokenMade, SignedIn, SignedIn, SignedOut, AccountChanged, SessionsRevoked]
    assert [event.actor for event in events if type(event.data) in {SignedIn, SignedOut}] == ["agent:marta-quill"] * 3
    text = json.dumps([str(event) for event in events])
    assert not [secret for secret in (token, begun["token"], PASSWORD) if secret in text]


async def test_what_a_server_logged_before_it_was_killed_is_not_logged_twice(
    served: Served, administration: Administration, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It died between the log and the store."""
    administration.add(NAME, [Role.LEAD], [], PASSWORD)

    def dies(_: object) -> None:
        raise AccountsUnavailable("killed")

    with monkeypatch.context() as killed:
        killed.setattr(served.app.state.audit, "_forget", dies)
        assert len(await logged(served)) == 1
    assert len(await logged(served)) == 1
    assert served.app.state.audit._waiting() == []


async def test_a_refused_request_is_logged_with_its_route_and_never_with_what_it_held(served: Served) -> None:
    """Who asked, in which role, from where; the template of the route, since an address may name a customer."""
    await arrive(served.desk)
    async with served.client(Role.TRAINER) as client:
        await client.post(CONVERSATION.format(conversation="c1") + "/claim")
    async with served.client(None) as client:
        await client.get("/v1/search", params={"q": "secret words"}, headers={"Authorization": "Bearer guessed"})
    events = [event.data for event in await logged(served)]
    who = served.accounts.who(served.tokens[Role.TRAINER])
    assert who is not None
    assert events == [
        RequestsRefused("POST", f"{CONVERSATION}/claim", 403, "127.0.0.1", who.id, "trainer"),
        RequestsRefused("GET", "/v1/search", 401, "127.0.0.1"),
    ]


async def test_a_token_that_an_administrator_makes_is_told_and_one_of_the_owners_consoles_is_not(
    served: Served, administration: Administration
) -> None:
    """Those begin with one each time."""
    administration.add("Ada Birch", [Role.ADMIN], [], PASSWORD)
    begun, _ = served.accounts.keep(Role.ADMIN, "Ada Birch")
    for token in (served.tokens[Role.ADMIN], begun):
        async with served.client(None) as client:
            body = {"role": "agent", "name": "Sam"}
            await client.post("/v1/tokens", json=body, headers={"Authorization": f"Bearer {token}"})
    made = [event.data for event in await logged(served) if isinstance(event.data, TokenMade)]
    (session,) = administration.sessions("Sam")
    assert made[1:] == [TokenMade("sam", "Sam", "agent", f"session {session[1].id}")]


def test_a_customers_address_is_left_out_and_what_is_no_address_is_not_logged() -> None:
    """An event is never erased; and a proxy may pass on whatever a client writes."""

    def refused(path: str, client: tuple[str, int] | None) -> str:
        return _refused({"method": "POST", "route": Route(path, _nothing), "client": client}, 401).address

    assert refused("/chat/messages", ("192.0.2.1", 1)) == ""
    assert refused("/v1/inbox", ("192.0.2.1", 1)) == "192.0.2.1"
    assert refused("/v1/inbox", ("<b>my password", 1)) == "unknown"
    assert refused("/v1/inbox", None) == ""


def _nothing() -> None:
    """Answer nothing."""


async def test_a_flood_of_refused_requests_is_one_event_a_minute_with_a_count(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first at once, the rest together."""
    now = 0.0
    monkeypatch.setattr(served.app.state.audit, "_clock", lambda: now)
    async with served.client(None) as client:
        for _ in range(500):
            await client.get("/v1/inbox")
        assert [event.data.times for event in await logged(served)] == [1]
        now = EVERY
        assert [event.data.times for event in await logged(served)] == [1, 499]
        for _ in range(10):
            await client.get("/v1/inbox")
        now = 2 * EVERY
        assert [event.data.times for event in await logged(served)] == [1, 499, 10]
        now = 4 * EVERY
        await client.get("/v1/inbox")
        assert [event.data.times for event in await logged(served)] == [1, 499, 10, 1]


async def test_refused_sign_ins_are_counted_and_name_only_who_is_known(
    served: Served, administration: Administration
) -> None:
    """Somebody may have typed their password into the field of the name."""
    administration.add(NAME, [Role.LEAD], [], PASSWORD)
    async with served.client(None) as client:
        for name in (NAME, "my secret password"):
            await client.post("/v1/sign-in", json={"name": name, "password": "a wrong password"})
        body = {"name": NAME, "password": PASSWORD, "role": "admin"}
        assert (await client.post("/v1/sign-in", json=body)).status_code == 403
    told = [event.data for event in await logged(served)]
    assert [data for data in told if not isinstance(data, AccountChanged)] == [
        SignInRefused("wrong password", "password", "127.0.0.1", "marta-quill"),
        SignInRefused("no such account", "password", "127.0.0.1"),
        SignInRefused("not in this role", "password", "127.0.0.1", "marta-quill"),
    ]


async def test_no_console_is_sent_them(served: Served) -> None:
    """Who failed to come in from where is for whoever reads the log; other events follow without a gap in between."""
    from console.server.attendance import Attendance
    from console.server.stream import followed

    async with served.client(None) as client:
        await client.get("/v1/inbox")
    before = served.desk.live.seq
    assert len(await logged(served)) == 1
    await arrive(served.desk)
    sent = followed(served.desk.live, before, Attendance())
    first = await anext(sent)
    await sent.aclose()  # type: ignore[attr-defined]
    assert first.decode().splitlines()[1] == "event: conversation-opened"


async def test_what_is_left_is_written_when_the_server_stops(served: Served) -> None:
    """Also the repeats of a minute that is not over."""
    audit: Audit = served.app.state.audit
    running = asyncio.create_task(audit.run())
    await asyncio.sleep(0)  # so that it has begun
    async with served.client(None) as client:
        for _ in range(3):
            await client.get("/v1/inbox")
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert sum(event.data.times for event in await logged(served)) == 3


def test_beyond_so_many_different_things_the_rest_is_put_together() -> None:
    """Many routes, or many addresses, do not flood the log either; nothing goes uncounted."""
    repeats: Repeats[str] = Repeats("rest")
    at_once = [repeats.add(f"route {n}", 0.0) for n in range(1_000)]
    assert at_once.count(True) == MOST
    assert repeats.due(EVERY - 1) == []
    assert repeats.due(EVERY) == [("rest", 1_000 - MOST)]
    assert repeats.due(3 * EVERY) == []
    assert repeats.add("route 0", 3 * EVERY) is True


@pytest.mark.parametrize("steps", range(5))
async def test_it_ends_though_something_is_refused_at_that_very_moment(served: Served, steps: int) -> None:
    """A server that is told to end just then would wait for it for ever."""
    audit = served.app.state.audit
    running = asyncio.create_task(audit.run())
    await until(lambda: bool(audit._wake._waiters))
    audit.refused(SignInRefused("wrong password", "password", "203.0.113.9"))
    for _ in range(steps):
        await asyncio.sleep(0)
    running.cancel()
    done, _ = await asyncio.wait({running}, timeout=5)
    assert done
