"""Every route, every role: who may is allowed in, and nobody else; by real requests against the whole application."""

import httpx
import pytest

from console.accounts.administration import Administration
from console.conversation.people import Role
from console.desk.channels.webchat import WebChat
from console.server.access import BY_ITSELF
from console.server.app import create_app
from console.server.chat.keeping import EndedVisits
from console.server.chat.routes import chat_router
from console.server.chat.visits import Visits
from console.settings import WebChatSettings
from tests.accounts.making import PASSWORD, fast_passwords
from tests.desks import arrive
from tests.server.authorisation import HEADERS, MAY, PUBLIC, QUERY, VISITORS, documented, filled
from tests.server.conftest import PEOPLE, Served


@pytest.fixture
def whole(served: Served) -> Served:
    """The application as a team's server has it: with the web chat, and with an account."""
    desk = served.desk
    visits = Visits(
        "a secret of the host page and the desk", lambda _: None, b"0" * 32, EndedVisits(served.folder / "ended")
    )
    chat = chat_router(desk, WebChat(desk), WebChatSettings(), visits, hosts=("desk",))
    passwords = fast_passwords()
    Administration(served.accounts, passwords).add(PEOPLE[Role.TRAINER], [Role.TRAINER], [], PASSWORD)
    app = create_app(desk, served.accounts, chat, passwords=passwords)
    return Served(app, desk, served.accounts, served.tokens, served.folder)


async def ask(client: httpx.AsyncClient, verb: str, path: str) -> httpx.Response:
    """Make the table's request, as a browser on the server's own pages would; nothing is kept of earlier ones."""
    client.cookies.clear()
    headers = {"Origin": "http://desk", **HEADERS.get(path, {})}
    return await client.request(verb, filled(path), params=QUERY.get(path), json=MAY[verb, path][1], headers=headers)


async def test_the_table_of_who_may_names_every_route(whole: Served) -> None:
    """A new route must be put into it, with who may use it."""
    assert documented(whole) == set(MAY)


async def test_the_routes_that_are_no_sign_of_a_person_are_there(whole: Served) -> None:
    """Or a console that nobody sits at would keep its session alive for ever."""
    assert {path for _, path in documented(whole)} >= BY_ITSELF


@pytest.mark.parametrize("role", [None, *Role], ids=str)
async def test_each_role_may_what_it_may_and_no_more(whole: Served, role: Role | None) -> None:
    """Over every route; nobody without a token gets beyond the public ones."""
    await arrive(whole.desk)
    async with whole.client(role) as client:
        for (verb, path), (allowed, _) in MAY.items():
            if path == "/v1/events" and role in allowed:
                continue  # it never ends; the tests of the stream read it
            answer = await ask(client, verb, path)
            refused = answer.status_code in {401, 403}
            assert refused is (role not in allowed), f"{verb} {path} as {role}: {answer.status_code} {answer.text}"
            if refused and allowed is not VISITORS:
                assert answer.status_code == (403 if role else 401)
                assert answer.json()["error"]["code"] == ("forbidden" if role else "unauthorised")


@pytest.mark.parametrize("header", ["Bearer wrong", "Bearer ", "Basic abc", "wrong"])
async def test_a_wrong_token_is_no_token(whole: Served, header: str) -> None:
    """Whatever it looks like."""
    async with whole.client(None) as client:
        client.headers["Authorization"] = header
        for (verb, path), (allowed, _) in MAY.items():
            if allowed is not PUBLIC:
                assert (await ask(client, verb, path)).status_code == 401, f"{verb} {path}"


async def test_whose_account_is_disabled_may_nothing(whole: Served) -> None:
    """On no route, with a token or a session that held before."""
    administration = Administration(whole.accounts, whole.app.state.passwords)
    async with whole.client(None) as client:
        session = (await ask(client, "POST", "/v1/sign-in")).json()["token"]
        administration.set_active(PEOPLE[Role.TRAINER], active=False)
        for token in (session, whole.tokens[Role.TRAINER]):
            client.headers["Authorization"] = f"Bearer {token}"
            for (verb, path), (allowed, _) in MAY.items():
                if allowed is not PUBLIC:
                    assert (await ask(client, verb, path)).status_code == 401, f"{verb} {path}"


async def test_the_document_marks_which_routes_need_a_token(whole: Served) -> None:
    """And is itself public."""
    async with whole.client(None) as client:
        document = (await client.get("/openapi.json")).json()
    for (verb, path), (allowed, _) in MAY.items():
        marked = bool(document["paths"][path][verb.lower()].get("security"))
        assert marked is (allowed not in (PUBLIC, VISITORS)), path
