"""Visits of the chat page: cookies, tokens of the host page, and what follows from them."""

import hmac
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import jwt
import pytest

from console.conversation.people import Customer, Identity
from console.desk.channels.webchat import CaughtUp, anonymous
from console.server.chat.keeping import EndedVisits, visit_key
from console.settings import SettingsError, WebChatSettings
from tests.chat.conftest import HELLO, HOST, SECRET, Chat, again, browser, line, new_chat, running, token


async def test_a_visit_begins_with_a_cookie_that_scripts_and_other_sites_cannot_use(chat: Chat) -> None:
    """It is signed, HttpOnly and SameSite=Strict; over https also Secure and bound to the host."""
    async with browser(chat) as client:
        plain = (await client.post("/chat/session")).headers["set-cookie"]
    async with browser(chat, f"https://{HOST}") as client:
        secure = (await client.post("/chat/session")).headers["set-cookie"]
    name, value = plain.split(";")[0].split("=", 1)
    claims = jwt.decode(value, options={"verify_signature": False})
    assert (name, len(claims["sub"])) == ("secondchair-chat", 43)  # 256 random bits
    assert {"httponly", "samesite=strict", "path=/"} <= {part.strip().lower() for part in plain.split(";")}
    assert secure.startswith("__Host-secondchair-chat=")
    assert "; Secure" in secure
    assert "domain" not in secure.lower()


async def test_the_cookie_itself_is_never_stored(tmp_path: Path) -> None:
    """Who reads the log cannot take over a visit: it knows the cookie's digest alone."""
    async with running(tmp_path / "desk") as chat, browser(chat) as client:
        await client.post("/chat/session")
        (await client.post("/chat/messages", json=HELLO)).raise_for_status()
        value = client.cookies["secondchair-chat"]
    stored = b"".join(file.read_bytes() for file in (tmp_path / "desk").rglob("*") if file.is_file())
    assert b"Hello" in stored
    secret = jwt.decode(value, options={"verify_signature": False})["sub"]
    assert value.encode() not in stored
    assert secret.encode() not in stored


async def test_without_a_visit_nothing_is_taken_or_told(chat: Chat) -> None:
    """The page begins one and tries again."""
    async with browser(chat) as client:
        answers = [
            await client.post("/chat/messages", json=HELLO),
            await client.post("/chat/typing", json={"active": True}),
            await client.post("/chat/read", json={"number": 1}),
            await client.get("/chat/events"),
        ]
    assert [(a.status_code, line(a)) for a in answers] == [(401, "session")] * 4
    assert not chat.desk.live.rows


@pytest.mark.parametrize(
    "cookie",
    ["", "short", "x" * 43, "x" * 44, "../../etc", "a.b.c", token(), "é" * 43],
    ids=["none", "short", "of the length", "longer", "a path", "parts", "a token", "accents"],
)
async def test_a_made_up_cookie_is_no_visit(chat: Chat, cookie: str) -> None:
    """Neither is the host page's own token, put where the cookie belongs."""
    async with browser(chat) as client:
        headers = {b"Cookie": f"secondchair-chat={cookie}".encode("latin-1")}
        assert (await client.post("/chat/messages", json=HELLO, headers=headers)).status_code == 401


async def test_over_https_a_cookie_without_the_host_prefix_counts_for_nothing(chat: Chat) -> None:
    """A neighbouring site or an http page could have set it."""
    async with browser(chat) as plain:
        await plain.post("/chat/session")
        cookie = plain.cookies["secondchair-chat"]
    async with browser(chat, f"https://{HOST}") as client:
        client.cookies.set("secondchair-chat", cookie)
        assert (await client.post("/chat/messages", json=HELLO)).status_code == 401


async def test_a_known_customer_comes_verified_with_the_companys_record(tmp_path: Path) -> None:
    """The record is found by the token's subject."""
    records = {"u-1": Customer("u-1", "Dana Kovel", value=812.5)}
    async with running(tmp_path / "desk", records=records.get) as chat, browser(chat) as client:
        reply = (await client.post("/chat/session", json={"token": token()})).json()
        (await client.post("/chat/messages", json=HELLO)).raise_for_status()
        state = await chat.only()
    assert (reply["name"], reply["known"], reply["company"]) == ("Dana", True, "Kestrel Outfitters")
    assert (state.identity, state.customer) == (Identity.VERIFIED, records["u-1"])


async def test_a_customer_without_a_record_is_known_by_the_tokens_word(chat: Chat) -> None:
    """Cleaned like everything from outside."""
    async with browser(chat) as client:
        await client.post("/chat/session", json={"token": token(name="Dana\u202e\x1b[31m Kovel")})
        await client.post("/chat/messages", json=HELLO)
    customer = (await chat.only()).customer
    assert customer == Customer("u-1", "Dana[31m Kovel", email="dana@example.org")


async def test_a_known_customer_has_one_conversation_from_everywhere(chat: Chat) -> None:
    """Two browsers with the same person's tokens share it; an anonymous one does not."""
    for number, body in enumerate([{"token": token()}, {"token": token()}, {}]):
        async with browser(chat) as client:
            await client.post("/chat/session", json=body)
            await client.post("/chat/messages", json={"text": "Hello", "key": f"key-000{number}"})
    assert sorted(row.messages for row in chat.desk.live.rows.values()) == [1, 2]


async def test_signing_in_does_not_take_over_what_was_written_before(chat: Chat, page: httpx.AsyncClient) -> None:
    """Somebody else may have written it in this browser."""
    await page.post("/chat/messages", json=HELLO)
    await page.post("/chat/session", json={"token": token()})
    await page.post("/chat/messages", json={"text": "It is me", "key": "key-0002"})
    assert sorted((row.name == "Dana Kovel", row.messages) for row in chat.desk.live.rows.values()) == [
        (False, 1),
        (True, 1),
    ]


async def test_a_visit_resumes_and_ends(chat: Chat) -> None:
    """A second session call is the same visit; after the end it is a new one."""
    async with browser(chat) as client:
        chats = [(await client.post("/chat/session", json={})).json()["chat"] for _ in range(2)]
        assert (await client.delete("/chat/session")).status_code == 204
        chats.append((await client.post("/chat/session", json={})).json()["chat"])
    assert chats[0] == chats[1] != chats[2]


@pytest.mark.parametrize("forged", ["x" * 43, "A" * 43])
async def test_a_cookie_that_somebody_chose_becomes_a_new_visit(chat: Chat, forged: str) -> None:
    """Whoever planted it in the browser must not read along."""
    async with browser(chat) as client:
        client.cookies.set("secondchair-chat", forged, domain=HOST, path="/")
        await client.post("/chat/session", json={})
        assert client.cookies["secondchair-chat"] != forged
        (await client.post("/chat/messages", json=HELLO)).raise_for_status()


async def test_a_cookie_of_another_servers_key_is_no_visit(chat: Chat) -> None:
    """Nor is an anonymous one that claims to be a customer's."""
    claims = {"aud": "secondchair-chat-anonymous", "exp": datetime.now(UTC) + timedelta(days=1), "sub": "x" * 43}
    for key in (b"another key of thirty-two bytes..", SECRET.encode(), b"x" * 32):
        async with browser(chat) as client:
            client.cookies.set("secondchair-chat", jwt.encode(claims, key, algorithm="HS256"))
            assert (await client.post("/chat/messages", json=HELLO)).status_code == 401


@pytest.mark.parametrize("body", [{}, {"token": token()}], ids=["anonymous", "known"])
async def test_after_the_sign_out_a_copied_cookie_is_worth_nothing(tmp_path: Path, body: dict[str, str]) -> None:
    """Also after a restart; the customer's other devices go on."""
    async with running(tmp_path / "desk") as chat, browser(chat) as client, browser(chat) as other:
        await client.post("/chat/session", json=body)
        await other.post("/chat/session", json=body)
        copied = client.cookies["secondchair-chat"]
        assert (await client.delete("/chat/session")).status_code == 204
        assert (await other.post("/chat/messages", json=HELLO)).status_code == 204
        for _ in range(2):
            client.cookies.set("secondchair-chat", copied, domain=HOST, path="/")
            assert (await client.post("/chat/messages", json=HELLO)).status_code == 401
    async with running(tmp_path / "desk") as chat, browser(chat) as client:
        client.cookies.set("secondchair-chat", copied, domain=HOST, path="/")
        assert (await client.post("/chat/messages", json=HELLO)).status_code == 401
        await client.post("/chat/session", json={})
        assert client.cookies["secondchair-chat"] != copied


async def test_a_conversations_streams_can_be_ended_alone(chat: Chat) -> None:
    """As at a sign-out; the others' go on."""
    mine, others = (chat.webchat.follow(anonymous(digit * 64), 0) for digit in "01")
    for stream in (mine, others):
        assert isinstance(await anext(stream), CaughtUp)
    chat.webchat.end_pages(anonymous("0" * 64).conversation)
    with pytest.raises(StopAsyncIteration):
        await anext(mine)
    assert chat.webchat.pages(anonymous("1" * 64).conversation) == 1
    await others.aclose()


def test_ended_visits_are_remembered_as_long_as_their_cookies_hold(tmp_path: Path) -> None:
    """In a file for its owner alone, with digests and no more."""
    now = [1000.0]
    ended = EndedVisits(tmp_path / "own" / "ended", lambda: now[0])
    ended.add("one", 60)
    now[0] += 30
    ended.add("two", 60)
    again = EndedVisits(tmp_path / "own" / "ended", lambda: now[0])
    assert ("one" in again, "two" in again, "three" in again) == (True, True, False)
    now[0] += 31
    assert ("one" in again, "two" in again) == (False, True)
    assert (tmp_path / "own" / "ended").stat().st_mode & 0o777 == 0o600


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    """A damaged one, or one that others could read, is replaced."""
    file = tmp_path / "visits.key"
    first = visit_key(file)
    assert (visit_key(file), file.stat().st_mode & 0o777) == (first, 0o600)
    file.chmod(0o644)
    second = visit_key(file)
    assert (second != first, file.stat().st_mode & 0o777) == (True, 0o600)
    file.write_text("broken", encoding="ascii")
    assert visit_key(file) not in {first, second}


@pytest.mark.parametrize(
    "bad",
    [
        token(secret="another secret, of the same length or longer"),
        token(exp=datetime.now(UTC) - timedelta(minutes=1)),
        token(exp=None),
        token(exp=datetime.now(UTC) + timedelta(hours=25)),
        token(exp=10**12),
        token(sub=None),
        token(sub=""),
        token(sub=" \u200b "),
        token(sub="u-\u200b1"),
        token(sub="u-1\n"),
        token(sub=" u-1"),
        token(sub="u-\u202e1"),
        token(sub="u-1\x00"),
        token(sub="e\u0301va"),
        token(sub="u" * 201),
        token(name=None),
        token(email=None),
        token(name=["Dana"]),
        token(aud=None),
        token(aud="another-service"),
        token(aud=["secondchair-chat", "another-service"]),
        jwt.encode({"sub": "u-1"}, None, algorithm="none"),
        "not a token",
        "a.b.c",
        "\udcff",
    ],
    ids=[
        f"bad {number}" for number in range(1, 26)
    ],  # a token holds the time: as a name it would differ from run to run
)
async def test_a_token_that_proves_nothing_is_refused(chat: Chat, bad: str) -> None:
    """With the same line for every reason; what is wrong stands in the server's log."""
    async with browser(chat) as client:
        answer = await client.post(
            "/chat/session", content=json.dumps({"token": bad}), headers={"Content-Type": "application/json"}
        )
        assert answer.status_code in {401, 422}
        assert line(answer) in {"token", "invalid"}
        assert not client.cookies


async def test_without_a_secret_no_token_is_believed(chat: Chat) -> None:
    """Nor a cookie signed with the key that would follow from an empty secret, which anybody can work out."""
    claims = jwt.decode(token(), options={"verify_signature": False})
    key = hmac.digest(b"", b"secondchair-chat-visit", "sha256")
    forged = jwt.encode({**claims, "aud": "secondchair-chat-visit", "chat": ""}, key, algorithm="HS256")
    bare = again(chat, secret="")
    async with browser(bare) as client:
        assert (await client.post("/chat/session", json={"token": token()})).status_code == 401
        client.cookies.set("secondchair-chat", forged)
        assert (await client.post("/chat/messages", json=HELLO)).status_code == 401


def test_a_weak_secret_is_refused_at_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the setting's name and a way to make a better one."""
    monkeypatch.setattr("tests.chat.conftest.SECRET", "hunter2")
    with pytest.raises(SettingsError, match=r"web_chat\.secret_file.*32 bytes"):
        new_chat(tmp_path / "desk", WebChatSettings())


@pytest.mark.parametrize("known", [False, True])
async def test_after_an_erasure_the_page_gets_a_new_visit(tmp_path: Path, known: bool) -> None:
    """The erased conversation stays erased, and the customer can write again at the second try."""
    from console.store import open_log

    folder = tmp_path / "desk"
    async with running(folder) as chat, browser(chat) as client:
        await client.post("/chat/session", json={"token": token()} if known else {})
        await client.post("/chat/messages", json=HELLO)
        cookies, customer = client.cookies, (await chat.only()).customer.id
    log = open_log(folder, folder / "keys")
    assert log.erase(customer)
    log.close()
    async with running(folder) as chat, browser(chat) as client:
        client.cookies = cookies
        answers = [await client.post("/chat/messages", json={"text": "Again", "key": "key-0002"}) for _ in range(2)]
        assert [a.status_code for a in answers] == [401, 204]
        assert [m.text for m in (await chat.only()).messages] == ["Again"]
        assert ((await chat.only()).identity is Identity.VERIFIED) is known
