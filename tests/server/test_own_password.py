"""Changing one's own password over HTTP."""

import httpx
import pytest

from console.accounts import notes
from console.accounts.administration import Administration
from console.conversation.people import Role
from console.conversation.sign_in_events import AccountChanged, SessionsRevoked, SignInRefused
from console.server.audit import _actor
from tests.accounts.making import PASSWORD
from tests.server.conftest import Served
from tests.server.test_audit import logged
from tests.server.test_sign_in import NAME, administration, begin

__all__ = ["administration"]

NEW = "another few plain words"


async def changed(client: httpx.AsyncClient, old: str = PASSWORD, new: str = NEW) -> tuple[int, str]:
    """Change the password; return the status and the fault's code."""
    answer = await client.post("/v1/me/password", json={"old": old, "new": new})
    assert old not in answer.text
    assert new not in answer.text
    return answer.status_code, "" if answer.is_success else answer.json()["error"]["code"]


async def test_a_person_changes_their_password_and_goes_on_where_they_did_it(
    served: Served, administration: Administration
) -> None:
    """Their other sessions are refused at once, also by what this server remembers; the old password is, too."""
    async with served.client(None) as here, served.client(None) as there:
        await begin(here)
        await begin(there)
        assert (await there.get("/v1/me")).status_code == 200
        assert (await here.get("/v1/me/password")).json() == {"why_not": ""}
        assert await changed(here) == (204, "")
        assert (await here.get("/v1/me")).status_code == 200
        assert (await there.get("/v1/me")).status_code == 401
        assert (await there.post("/v1/sign-in", json={"name": NAME, "password": PASSWORD})).status_code == 401
        assert (await there.post("/v1/sign-in", json={"name": NAME, "password": NEW})).status_code == 200
    with served.accounts.database.reading() as connection:
        told = [note.data for note in notes.waiting(connection)]
    own = AccountChanged("marta-quill", NAME, "own password", ("lead", "agent"), (), active=True)
    assert _actor(own) == "agent:marta-quill"
    assert own in told
    (ended,) = [one for one in told if isinstance(one, SessionsRevoked)]
    assert (ended.person, len(ended.sessions), ended.reason) == ("marta-quill", 1, "they changed their password")


async def test_it_is_in_the_log_as_the_persons_own_deed_and_without_any_password(
    served: Served, administration: Administration
) -> None:
    """What was refused is there as well."""
    async with served.client(None) as client:
        await begin(client)
        assert await changed(client, "a wrong password") == (400, "wrong-password")
        assert await changed(client) == (204, "")
    events = await logged(served)
    deeds = [event for event in events if isinstance(event.data, AccountChanged)]
    assert [(event.actor, event.data.change) for event in deeds if isinstance(event.data, AccountChanged)][-1] == (
        "agent:marta-quill",
        "own password",
    )
    assert SignInRefused("wrong old password", "password", "127.0.0.1", "marta-quill") in [e.data for e in events]
    assert not any(secret in str(events) for secret in (PASSWORD, NEW, "a wrong password"))


async def test_wrong_tries_come_to_the_pause_of_the_sign_in(served: Served, administration: Administration) -> None:
    """With the seconds to wait; the session goes on."""
    async with served.client(None) as client:
        await begin(client)
        answers = [await changed(client, "a wrong password") for _ in range(5)]
        assert answers == [(400, "wrong-password")] * 5
        assert await changed(client) == (429, "try-later")
        answer = await client.post("/v1/me/password", json={"old": PASSWORD, "new": NEW})
        assert answer.headers["Retry-After"] == "30"
        assert (await client.get("/v1/me")).status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"old": PASSWORD, "new": "short"}, 400),
        ({"old": PASSWORD, "new": NAME + " 1"}, 400),
        ({"old": PASSWORD, "new": PASSWORD}, 400),
        ({"old": PASSWORD, "new": "x" * 100_000}, 400),
        ({"old": "x" * 100_000, "new": NEW}, 400),
        ({"old": PASSWORD}, 422),
        ({"old": PASSWORD, "new": 5}, 422),
        ({"old": PASSWORD, "new": "y" * 300_000}, 413),
    ],
)
async def test_what_will_not_do_is_said_and_changes_nothing(
    served: Served, administration: Administration, body: dict[str, object], status: int
) -> None:
    """By the rules of the command that sets one."""
    async with served.client(None) as client:
        await begin(client)
        assert (await client.post("/v1/me/password", json=body)).status_code == status
        await begin(client)


@pytest.mark.parametrize("role", [Role.AGENT, Role.ADMIN])
async def test_who_has_none_is_told_why(served: Served, role: Role) -> None:
    """Before, and where they try all the same."""
    async with served.client(role) as client:
        why = (await client.get("/v1/me/password")).json()["why_not"]
        assert "password" in why
        assert "\n" not in why
        answer = await client.post("/v1/me/password", json={"old": PASSWORD, "new": NEW})
        assert (answer.status_code, answer.json()["error"]) == (400, {"code": "no-password", "message": why})
