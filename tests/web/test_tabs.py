"""A tab and its console: real processes, real websockets; behind them a double of the desk without conversations."""

import asyncio
import os
import signal
from pathlib import Path

import aiohttp
import pytest

from console.web.endings import BAD_FRAME, FAILED, FULL, LEFT, SIGNED_OUT, TAKEN
from tests.commands.running import alive
from tests.desks import until
from tests.web.conftest import TAB, Site, Visitor, serving, visiting
from tests.web.desk_double import DeskDouble, listening

pytestmark = pytest.mark.slow

OTHER = TAB.replace("1", "2")
THIRD = TAB.replace("1", "3")
TITLE = "Inbox"
"""What every console shows, whatever the desk says."""
QUIT = "\x1b0"


def said_of(pid: int, what: str) -> str:
    """Return what the system knows of a process."""
    return Path(f"/proc/{pid}/{what}").read_bytes().replace(b"\0", b"\n").decode()


async def test_a_tab_shows_a_console_of_its_own(robin: Visitor) -> None:
    async with robin.tab() as tab:
        await tab.shows(TITLE)
        assert tab.told == [["attached", "new"]]
        async with robin.tab(OTHER) as other:
            await other.shows(TITLE)
            assert len(robin.site.pids()) == 2


async def test_nobody_gets_a_console_without_signing_in(visitor: Visitor) -> None:
    async with visitor.tab() as tab:
        assert await tab.closed() == SIGNED_OUT
    assert not visitor.site.pids()


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1"])
async def test_another_sites_page_gets_none(robin: Visitor, origin: str) -> None:
    """Whatever cookie the browser would send along."""
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        async with robin.tab(Origin=origin):
            pass
    assert refused.value.status == 403
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        async with robin.tab(Host="evil.example", Origin="http://evil.example"):
            pass
    assert refused.value.status == 421
    assert not robin.site.pids()


async def test_a_tab_that_lost_its_line_comes_back_to_the_same_console(robin: Visitor) -> None:
    """Painted whole, at the size that the window has by then."""
    async with robin.tab() as tab:
        await tab.shows(TITLE)
        (pid,) = robin.site.pids()
    async with robin.tab(size=(120, 40)) as again:
        await again.shows(TITLE)
        assert again.told == [["attached", "again"]]
        await again.until(lambda tab: len(tab.painted) >= 120 * 40)
    assert robin.site.pids() == [pid]


async def test_a_page_loaded_again_is_set_up_as_a_terminal(robin: Visitor) -> None:
    """It knows nothing of what the page before was told: mouse, paste, no cursor."""
    async with robin.tab() as tab:
        await tab.shows(TITLE)
    async with robin.tab() as again:
        raw = b""
        while TITLE.encode() not in raw.partition(b"\x1b[?1049h")[2]:
            message = await again.socket.receive(20)
            raw += message.data if message.type is aiohttp.WSMsgType.BINARY else b""
    before = raw.rpartition(TITLE.encode())[0]
    assert all(mode in before for mode in (b"\x1b[?25l", b"\x1b[?1006h", b"\x1b[?2004h"))


async def test_a_console_that_nobody_comes_back_to_ends(desk: DeskDouble) -> None:
    async with serving(desk, kept_seconds=5) as site, visiting(site) as robin:
        await robin.sign_in()
        async with robin.tab() as tab:
            await tab.shows(TITLE)
            (pid,) = site.pids()
        later = site.server._consoles._clock() + 5
        site.server._consoles._clock = lambda: later
        await until(lambda: not alive(pid))
        async with robin.tab() as again:
            await again.shows(TITLE)
            assert again.told == [["attached", "new"]]


async def test_whoever_shows_a_console_last_has_it(robin: Visitor) -> None:
    """The page before may only seem to be there: its line broke without a word."""
    async with robin.tab() as tab:
        await tab.shows(TITLE)
        async with robin.tab() as again:
            code, _ = await asyncio.gather(tab.closed(), again.shows(TITLE))
            assert code == TAKEN
            await again.press(QUIT)
            assert await again.closed() == LEFT


async def test_nobody_reaches_the_console_of_another_session(site: Site, robin: Visitor) -> None:
    """Not with the name of its tab, and not as the same person in another browser."""
    async with robin.tab() as tab:
        await tab.shows(TITLE)
        for name in ("marta", "robin"):
            async with visiting(site) as stranger:
                await stranger.sign_in(name)
                async with stranger.tab() as theirs:
                    await theirs.shows(TITLE)
                    assert theirs.told == [["attached", "new"]]
        await tab.press(QUIT)
        assert await tab.closed() == LEFT


async def test_a_person_has_so_many_tabs_and_a_server_so_many_consoles(desk: DeskDouble) -> None:
    async with serving(desk, per_person=2, consoles=3) as site, visiting(site) as robin, visiting(site) as marta:
        await robin.sign_in()
        await marta.sign_in("marta")
        async with robin.tab() as one, robin.tab(OTHER) as two:
            await one.shows(TITLE)
            await two.shows(TITLE)
            async with robin.tab(THIRD) as three:
                assert await three.closed() == FULL
            async with marta.tab() as hers, marta.tab(OTHER) as no_room:
                await hers.shows(TITLE)
                assert await no_room.closed() == FULL


async def test_a_tab_left_behind_gives_way_to_a_new_one_of_the_same_person(desk: DeskDouble) -> None:
    async with serving(desk, per_person=1) as site, visiting(site) as robin:
        await robin.sign_in()
        async with robin.tab() as tab:
            await tab.shows(TITLE)
            (pid,) = site.pids()
        await until(lambda: any(place.left for place in site.server._consoles._places.values()))
        async with robin.tab(OTHER) as other:
            await other.shows(TITLE)
        await until(lambda: not alive(pid))


async def test_signing_out_ends_the_consoles(robin: Visitor) -> None:
    async with robin.tab() as tab:
        await tab.shows(TITLE)
        (pid,) = robin.site.pids()
        await robin.http.post(f"{robin.site.url}/sign-out", headers=robin.site.headers)
        assert await tab.closed() == SIGNED_OUT
    await until(lambda: not alive(pid))


async def test_whoever_presses_no_key_for_long_is_signed_out(desk: DeskDouble) -> None:
    """Looking on is no key; a key begins the time anew."""
    async with serving(desk, idle_minutes=10) as site, visiting(site) as robin:
        await robin.sign_in()
        sessions, began = site.server._sessions, site.server._sessions._clock()
        async with robin.tab() as tab:
            await tab.shows(TITLE)
            sessions._clock = lambda: began + 500
            await tab.press("\x1b[I")
            await until(lambda: all(s.seen > began + 400 for s in sessions._sessions.values()))
            sessions._clock = lambda: began + 1000
            await tab.socket.send_json(["ping", "1"])
            await tab.until(lambda tab: ["pong", "1"] in tab.told)
            sessions._clock = lambda: began + 1101
            assert await tab.closed() == SIGNED_OUT
        assert (await robin.get("/")).status == 303


@pytest.mark.parametrize(
    "said",
    [
        "nothing",
        "{}",
        '["stdin"]',
        '["stdin", 5]',
        '["resize", {"width": "a", "height": 1}]',
        '["quit"]',
        "[" * 5000,
        '["ping", "' + "x" * 100 + '"]',
    ],
)
async def test_what_no_page_of_ours_says_ends_the_line_and_not_the_console(robin: Visitor, said: str) -> None:
    async with robin.tab() as tab:
        await tab.shows(TITLE)
        await tab.socket.send_str(said)
        assert await tab.closed() == BAD_FRAME
    async with robin.tab() as again:
        await again.shows(TITLE)
        assert again.told == [["attached", "again"]]


async def test_a_frame_without_end_is_not_read(robin: Visitor) -> None:
    async with robin.tab() as tab:
        await tab.shows(TITLE)
        await tab.press("x" * 300_000)
        assert await tab.closed() == aiohttp.WSCloseCode.MESSAGE_TOO_BIG


async def test_a_window_without_bounds_is_not_painted(robin: Visitor) -> None:
    async with robin.tab(size=(10**9, 10**9)) as tab:
        await tab.shows(TITLE)
        await tab.socket.send_json(["resize", {"width": 10**9, "height": -3}])
        await tab.socket.send_json(["resize", {"width": 90, "height": 30}])
        tab.painted = ""
        await tab.shows(TITLE)


@pytest.mark.parametrize("name", ["", "x", "../../etc", "A" * 40, "1" * 100])
async def test_a_tab_has_a_name_of_our_making(robin: Visitor, name: str) -> None:
    async with robin.tab(name) as tab:
        assert await tab.closed() == BAD_FRAME


async def test_a_console_knows_no_secret_of_the_server(robin: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does a command line or an environment tell the token to whoever looks at processes."""
    for name in ("SECONDCHAIR_LLM__KEY", "SECONDCHAIR_TOKEN", "AWS_SECRET_ACCESS_KEY", "DATABASE_URL", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "a-secret-of-the-server")
    async with robin.tab() as tab:
        await tab.shows(TITLE)
        (pid,) = robin.site.pids()
        environment, command = said_of(pid, "environ"), said_of(pid, "cmdline")
    assert "a-secret-of-the-server" not in environment
    assert "made-for-robin" not in environment + command
    names = {line.partition("=")[0] for line in environment.splitlines() if line}
    assert names <= {
        "LANG", "LC_ALL", "LC_CTYPE", "PYTHONPATH", "PYTHONUTF8", "SSL_CERT_DIR", "SSL_CERT_FILE", "TERM_PROGRAM",
        "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_FPS", "TZ", "TZDIR",
    }  # fmt: skip
    assert "TZ=Europe/Paris" in environment.splitlines()


async def test_a_server_that_was_killed_leaves_no_console_behind(robin: Visitor) -> None:
    """The end of the pipe is the sign; whoever holds it is gone."""
    async with robin.tab() as tab:
        await tab.shows(TITLE)
        (pid,) = robin.site.pids()
        (place,) = robin.site.server._consoles._places.values()
        place.process.stdin.close()
        await until(lambda: not alive(pid))


async def test_a_console_that_breaks_down_says_so(robin: Visitor) -> None:
    async with robin.tab() as tab:
        await tab.shows(TITLE)
        os.kill(robin.site.pids()[0], signal.SIGKILL)
        assert await tab.closed() == FAILED
    assert not robin.site.pids()


async def test_a_console_that_does_not_end_is_killed(robin: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.web.process.ENDS_WITHIN", 0.2)
    async with robin.tab() as tab:
        await tab.shows(TITLE)
        (pid,) = robin.site.pids()
        os.kill(pid, signal.SIGSTOP)
        await robin.http.post(f"{robin.site.url}/sign-out", headers=robin.site.headers)
        await until(lambda: not alive(pid))


async def test_the_desk_may_move(robin: Visitor, desk: DeskDouble) -> None:
    """A private desk that was started again listens elsewhere; open consoles follow it."""
    async with robin.tab() as tab:
        await tab.shows(TITLE)
        await until(lambda: robin.site.server._desk == desk.url)
        async with listening() as other:
            desk.url = other.url
            await until(lambda: "me" in other.asked)


async def test_the_line_tells_how_it_stands(robin: Visitor) -> None:
    async with robin.tab() as tab:
        await tab.socket.send_json(["ping", "17"])
        await tab.until(lambda tab: ["pong", "17"] in tab.told)
        await asyncio.gather(tab.socket.send_json(["focus"]), tab.socket.send_json(["blur"]))
        await tab.shows(TITLE)


async def test_a_console_that_hangs_holds_nobody_else_up(robin: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even when its pipe is full, and whoever wants it back comes again."""
    monkeypatch.setattr("console.web.process.ENDS_WITHIN", 0.2)
    async with robin.tab() as tab:
        await tab.shows(TITLE)
        (pid,) = robin.site.pids()
        os.kill(pid, signal.SIGSTOP)
        for _ in range(4):
            await tab.press("x" * 100_000)
        async with robin.tab() as again, robin.tab(OTHER) as other:
            await other.shows(TITLE)
            await again.until(lambda tab: tab.told)
        await robin.http.post(f"{robin.site.url}/sign-out", headers=robin.site.headers)
        await until(lambda: not alive(pid))
