"""Who comes in, and who does not: over real HTTP."""

import re
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest

from console.web.reception import SignedIn
from tests.desks import until
from tests.web.conftest import PATIENCE, PUBLIC, Site, Visitor, serving, visiting
from tests.web.desk_double import PASSWORD, TOKEN, DeskDouble


async def test_a_name_and_a_password_let_in(visitor: Visitor) -> None:
    answer = await visitor.sign_in()
    assert (answer.status, answer.headers["Location"]) == (303, "/")
    page = await visitor.get("/")
    assert page.status == 200
    assert "Robin Ashdale" in await page.text()


async def test_a_token_lets_in(visitor: Visitor) -> None:
    assert (await visitor.sign_in("", "", token=f" {TOKEN}\n")).status == 303
    assert (await visitor.get("/")).status == 200


@pytest.mark.parametrize(
    ("name", "password", "token"),
    [
        ("robin", "swordfish", ""),
        ("nobody", PASSWORD, ""),
        ("", "", "a-token-of-nobody"),
        ("", "", "ünd\r\nX: y"),
        ("", "", ""),
        ("robin", "x" * 1500, ""),
    ],
)
async def test_what_is_wrong_does_not(visitor: Visitor, name: str, password: str, token: str) -> None:
    """It is said in a line, the name stays in the form, the secrets do not."""
    answer = await visitor.sign_in(name, password, token=token)
    assert answer.status == 401
    assert "Set-Cookie" not in answer.headers
    page = await answer.text()
    assert 'class="trouble"' in page
    assert not password or password not in page
    assert (await visitor.get("/")).headers["Location"] == "/sign-in"


async def test_what_a_name_holds_is_shown_as_it_is(visitor: Visitor) -> None:
    page = await (await visitor.sign_in('"><script>alert(1)</script>', "x")).text()
    assert "<script" not in page
    assert "&quot;&gt;&lt;script&gt;" in page


async def test_an_address_that_tries_too_often_waits(site: Site, visitor: Visitor) -> None:
    """Also with the right password then; the desk is not asked. Wrong tokens count as wrong passwords do."""
    for number in range(30):
        wrong = ("", "", "wrong") if number % 2 else ("robin", "wrong", "")
        assert (await visitor.sign_in(*wrong[:2], token=wrong[2])).status == 401
    asked = len(site.desk.asked)
    answer = await visitor.sign_in("marta", PASSWORD)
    assert answer.status == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 301
    assert len(site.desk.asked) == asked


async def test_how_often_a_password_may_be_wrong_is_the_desks_to_say(site: Site, visitor: Visitor) -> None:
    """It counts for all servers together: here a name is never counted, so nobody keeps a colleague out by it."""
    for _ in range(20):
        assert (await visitor.sign_in("robin", "wrong")).status == 401
    assert site.desk.asked.count("sign-in") == 20
    assert (await visitor.sign_in("robin")).status == 303


async def test_whoever_signs_in_rightly_never_waits(visitor: Visitor) -> None:
    for _ in range(40):
        assert (await visitor.sign_in()).status == 303


async def test_the_desks_own_limit_is_passed_on(site: Site, visitor: Visitor) -> None:
    site.desk.answers = 429
    assert (await visitor.sign_in()).status == 429


async def test_a_desk_without_passwords_or_out_of_reach_is_said(site: Site, visitor: Visitor) -> None:
    site.desk.passwords = False
    assert "Sign in with a token" in await (await visitor.sign_in()).text()
    site.desk.url = "http://127.0.0.1:9"
    answer = await visitor.sign_in()
    assert answer.status == 503
    assert "does not answer" in await answer.text()


def test_a_person_in_a_log_or_a_traceback_shows_no_token() -> None:
    assert TOKEN not in repr(SignedIn("robin", "Robin", "agent", TOKEN))


async def test_the_cookie_on_this_machine(visitor: Visitor) -> None:
    """Without the prefix, which browsers refuse over http; apart from that as strict."""
    (cookie,) = SimpleCookie((await visitor.sign_in()).headers["Set-Cookie"]).values()
    assert re.fullmatch(r"secondchair-\d+", cookie.key)
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Strict", "/", "")
    assert not cookie["secure"]


async def test_the_cookie_behind_a_proxy(desk: DeskDouble) -> None:
    """__Host-, Secure, HttpOnly, SameSite=Strict; and browsers are told to come encrypted only."""
    async with serving(desk, PUBLIC) as site, visiting(site) as visitor:
        answer = await visitor.sign_in()
        (cookie,) = SimpleCookie(answer.headers["Set-Cookie"]).values()
        assert cookie.key == "__Host-secondchair"
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Strict")
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        assert "max-age" in answer.headers["Strict-Transport-Security"]


async def test_every_sign_in_gives_another_cookie_and_ends_the_one_before(visitor: Visitor) -> None:
    """A cookie that somebody planted is worth nothing afterwards."""
    first = (await visitor.sign_in()).cookies
    second = (await visitor.sign_in()).cookies
    (name,) = first
    assert first[name].value != second[name].value
    visitor.http.cookie_jar.clear()
    answer = await visitor.get("/", Cookie=f"{name}={first[name].value}")
    assert answer.status == 303


async def test_signing_out_ends_the_session(robin: Visitor) -> None:
    answer = await robin.http.post(f"{robin.site.url}/sign-out", headers=robin.site.headers)
    assert answer.status == 200
    assert "Max-Age=0" in answer.headers["Set-Cookie"]
    assert (await robin.get("/")).status == 303


async def test_signing_out_ends_the_token_at_the_desk_too(desk: DeskDouble, robin: Visitor) -> None:
    """The one that the password brought; one that was pasted is the person's own, and stays good."""
    await robin.http.post(f"{robin.site.url}/sign-out", headers=robin.site.headers)
    await until(lambda: "sign-out made-for-robin" in desk.asked)
    await robin.sign_in("", "", token=TOKEN)
    await robin.http.post(f"{robin.site.url}/sign-out", headers=robin.site.headers)
    await until(lambda: not robin.site.server._sessions._ended)
    assert f"sign-out {TOKEN}" not in desk.asked


async def test_a_server_that_stops_signs_everybody_out(desk: DeskDouble) -> None:
    async with serving(desk) as site, visiting(site) as visitor:
        await visitor.sign_in()
    assert desk.asked[-1] == "sign-out made-for-robin"


async def test_the_token_ends_the_session_with_it(desk: DeskDouble, visitor: Visitor) -> None:
    desk.lasts = timedelta(seconds=-1)
    await visitor.sign_in()
    assert (await visitor.get("/")).status == 303


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "", "127.0.0.1:99999@evil", "localhost."])
async def test_another_hosts_name_is_refused(robin: Visitor, host: str) -> None:
    """A name bent to this machine's address (DNS rebinding) reaches nothing, signed in or not."""
    for path in ("/", "/sign-in", "/static/console.js", "/ws"):
        assert (await robin.get(path, Host=host)).status == 421


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "http://127.0.0.1", "http://localhost:1"])
async def test_another_sites_form_is_refused(robin: Visitor, origin: str) -> None:
    """Neither signs anybody in nor out."""
    for path in ("/sign-in", "/sign-out"):
        headers = robin.site.headers | {"Origin": origin}
        form = {"name": "marta", "password": PASSWORD}
        answer = await robin.http.post(f"{robin.site.url}{path}", data=form, headers=headers, allow_redirects=False)
        assert answer.status == 403
    assert "Robin" in await (await robin.get("/")).text()


async def test_behind_a_proxy_only_its_name_counts(desk: DeskDouble) -> None:
    """The address that the server listens on is no way around the proxy."""
    async with serving(desk, PUBLIC) as site, visiting(site) as visitor:
        assert (await visitor.get("/sign-in")).status == 200
        assert (await visitor.get("/sign-in", Host=site.url.partition("//")[2])).status == 421


async def test_behind_a_proxy_the_address_that_it_adds_is_counted(desk: DeskDouble) -> None:
    """Not one that the browser made up before it."""
    async with serving(desk, PUBLIC) as site, visiting(site) as visitor:

        async def tries(forwarded: str, name: str) -> int:
            headers = site.headers | {"X-Forwarded-For": forwarded}
            form = {"name": name, "password": "x"}
            return (await visitor.http.post(f"{site.url}/sign-in", data=form, headers=headers)).status

        for number in range(30):
            assert await tries(f"10.0.0.{number}, 203.0.113.7", f"n{number}") == 401
        assert await tries("10.0.1.1, 203.0.113.7", "other") == 429
        assert await tries("203.0.113.7, 203.0.113.8", "another") == 401
        assert desk.addresses[-1] == "203.0.113.8"
        assert await tries("a made up one", "somebody") == 401
        assert desk.addresses[-1] == ""


async def test_the_line_that_a_proxy_adds_below_the_browsers_own_is_the_one_that_counts(desk: DeskDouble) -> None:
    """HAProxy adds a line where others lengthen the one that is there."""
    async with serving(desk, PUBLIC) as site, visiting(site) as visitor:
        for number, wanted in [*((n, 401) for n in range(30)), (30, 429)]:
            lines = [*site.headers.items(), ("X-Forwarded-For", f"10.0.0.{number}"), ("X-Forwarded-For", "203.0.113.7")]
            form = {"name": f"n{number}", "password": "x"}
            answer = await visitor.http.post(f"{site.url}/sign-in", data=form, headers=lines)
            assert answer.status == wanted
        assert set(desk.addresses) == {"203.0.113.7"}


async def test_the_desk_is_told_from_where_a_token_and_its_console_come(desk: DeskDouble) -> None:
    """So that what it refuses there is not written down, and counted, as this server's own."""
    seen = {"X-Forwarded-For": "10.0.0.1, 203.0.113.7"}
    async with serving(desk, PUBLIC) as site, visiting(site) as visitor:
        headers = site.headers | seen
        answer = await visitor.http.post(
            f"{site.url}/sign-in", data={"token": TOKEN}, headers=headers, allow_redirects=False
        )
        assert (answer.status, desk.addresses) == (303, ["203.0.113.7"])
        async with visitor.tab(**seen):
            await until(lambda: len(desk.addresses) > 1, PATIENCE)
        assert set(desk.addresses) == {"203.0.113.7"}


async def test_a_console_is_not_told_an_address_that_is_none(desk: DeskDouble) -> None:
    """A proxy that passes on whatever a browser writes."""
    async with serving(desk, PUBLIC) as site, visiting(site) as visitor:
        assert (await visitor.sign_in()).status == 303
        async with visitor.tab(**{"X-Forwarded-For": "somewhere"}):
            await until(lambda: "me" in desk.asked, PATIENCE)
        assert set(desk.addresses[1:]) == {""}


async def test_a_form_of_another_kind_or_without_end_is_refused(visitor: Visitor) -> None:
    url, headers = f"{visitor.site.url}/sign-in", visitor.site.headers
    assert (await visitor.http.post(url, json={"name": "robin"}, headers=headers)).status == 415
    assert (await visitor.http.post(url, data={"name": "x" * 20_000}, headers=headers)).status == 413
    assert (await visitor.http.post(url, data=b"", headers=headers)).status == 415


@pytest.mark.parametrize(
    "path",
    ["/static/", "/static", "/static/nothing.js", "/static/%2e%2e/server.py", "/static/..%2fserver.py", "/download/x"],
)
async def test_there_is_nothing_to_list_and_no_path_to_climb(robin: Visitor, path: str) -> None:
    answer = await robin.get(path)
    assert answer.status == 404
    assert "console.js" not in await answer.text()


async def test_every_answer_carries_the_headers(robin: Visitor) -> None:
    """Pages, files, redirects and faults."""
    for path in ("/", "/sign-in", "/static/console.js", "/nothing"):
        headers = (await robin.get(path)).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; ")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Server"] == "secondchair"


async def test_every_console_page_has_a_nonce_of_its_own(robin: Visitor) -> None:
    policies = [(await robin.get("/")).headers["Content-Security-Policy"] for _ in range(2)]
    assert policies[0] != policies[1]
    assert "'nonce-" in policies[0]


async def test_whoever_follows_a_link_from_another_site_is_let_in_at_the_second_step(robin: Visitor) -> None:
    """Browsers send no strict cookie with such a request; the page then asks again by itself."""
    robin.http.cookie_jar.clear()
    page = await (await robin.get("/", Sec_Fetch_Site="cross-site")).text()
    assert '<meta http-equiv="refresh" content="0;url=/">' in page


async def test_whoever_is_signed_in_needs_no_form(robin: Visitor) -> None:
    assert (await robin.get("/sign-in")).headers["Location"] == "/"
