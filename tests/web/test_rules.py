"""The rules behind the door, each by itself."""

from typing import Any

import pytest

from console.addresses import neighbourhood
from console.web.attempts import Attempts
from console.web.environment import child_environment
from console.web.frames import BadFrame, Focus, Keys, Ping, Window, read_frame, tab_of, window_of, zone_of
from console.web.headers import headers_of
from console.web.links import opened
from console.web.place import NotSafe, place_of
from console.web.reception import SignedIn
from console.web.sessions import BROWSERS, Sessions

DESK = "https://desk.example"
ROBIN = SignedIn("robin", "Robin Ashdale", "agent", "token")


class Clock:
    """The time, as the test says."""

    now = 1000.0

    def __call__(self) -> float:
        """Return it."""
        return self.now


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "desk.example"])  # noqa: S104
def test_a_server_for_other_machines_needs_somebody_who_encrypts(host: str) -> None:
    with pytest.raises(NotSafe, match="--public-url"):
        place_of(host, 8630, "")
    assert place_of(host, 8630, "https://console.example").secure


def test_a_server_for_this_machine_needs_nobody() -> None:
    place = place_of("127.0.0.1", 8630, "")
    assert not place.secure
    assert place.has_host({"Host": "localhost:8630"})
    assert place.has_host({"Host": "127.0.0.1:8630"})
    assert place.url == "http://127.0.0.1:8630"
    assert place_of("::1", 8630, "").has_host({"Host": "[::1]:8630"})


def test_an_origin_is_the_very_host_that_was_asked() -> None:
    """A page at localhost is another origin than one at 127.0.0.1, for browsers and for us."""
    place = place_of("127.0.0.1", 8630, "")
    assert place.has_origin({"Host": "localhost:8630", "Origin": "http://localhost:8630"})
    assert not place.has_origin({"Host": "localhost:8630", "Origin": "http://127.0.0.1:8630"})
    assert not place.has_origin({"Host": "localhost:8630"})


def test_addresses_that_browsers_cannot_read_are_in_no_policy() -> None:
    assert "[" not in headers_of(place_of("::1", 8630, ""))["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ('["stdin", "a\\u001bb"]', Keys(b"a\x1bb")),
        ('["stdin", "\\ud800"]', Keys(b"?")),
        ('["resize", {"width": 80, "height": 24}]', Window(80, 24)),
        ('["resize", {"width": 100000, "height": 0}]', Window(500, 1)),
        ('["ping", "12"]', Ping("12")),
        ('["focus"]', Focus(on=True)),
        ('["blur"]', Focus(on=False)),
    ],
)
def test_what_pages_say_is_read(said: str, read: object) -> None:
    assert read_frame(said) == read


@pytest.mark.parametrize(
    "said", ["", "null", "[]", '["focus", 1]', '["resize", null]', '["stdin", null]', "[1, 2]", "NaN"]
)
def test_what_they_never_say_is_not(said: str) -> None:
    with pytest.raises(BadFrame):
        read_frame(said)


@pytest.mark.parametrize("size", [None, "", "wide", "9" * 5000])
def test_a_size_is_a_number(size: Any) -> None:  # noqa: ANN401
    with pytest.raises(BadFrame):
        window_of(size, 24)


def test_a_tabs_name_is_a_random_one_and_a_zone_one_that_there_is() -> None:
    assert tab_of("0f9c1a52-7d1b-4f63-9c54-2a6d0c9b8e11")
    assert zone_of("Europe/Paris") == "Europe/Paris"
    assert zone_of("../../etc/passwd") == ""
    assert zone_of("") == ""


def test_a_console_works_in_the_persons_time_zone() -> None:
    assert child_environment({"TZ": "Asia/Tokyo"}, "Europe/Paris")["TZ"] == "Europe/Paris"
    assert child_environment({"TZ": "Asia/Tokyo"}, "")["TZ"] == "Asia/Tokyo"


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/attachments/c1/a",
        "http://desk.example/attachments/c1/a",
        "https://desk.example:444/a",
        "https://desk.example@evil.example/a",
        "https://evil.example#@desk.example",
        "https://robin:secret@desk.example/a",
        "javascript:alert(1)//desk.example",
        "file:///etc/passwd",
        "//desk.example/a",
        "https://[desk.example/a",
        "https://desk.example:x/a",
        "",
    ],
)
def test_a_link_elsewhere_is_not_opened(link: str) -> None:
    assert opened(link, DESK, "") == ""


def test_a_link_to_the_desk_is_opened_where_browsers_reach_it() -> None:
    link = "http://127.0.0.1:8620/attachments/c1/a?until=5&signature=ab"
    assert opened(link, "http://127.0.0.1:8620", "") == link
    assert opened(link, "http://127.0.0.1:8620", "https://desk.example/") == (
        "https://desk.example/attachments/c1/a?until=5&signature=ab"
    )


def test_tries_are_counted_for_a_while() -> None:
    clock = Clock()
    attempts = Attempts(2, 60, clock)
    assert [attempts.wait("robin"), attempts.wait("robin")] == [0, 0]
    clock.now += 10
    assert attempts.wait("robin") == 50
    assert attempts.wait("marta") == 0
    clock.now += 50
    assert attempts.wait("robin") == 0


def test_a_try_that_was_right_does_not_count() -> None:
    attempts = Attempts(1, 60, Clock())
    for _ in range(5):
        assert attempts.wait("robin") == 0
        attempts.forgive("robin")


def test_neighbours_of_one_line_are_one() -> None:
    assert neighbourhood("2001:db8:1:2:3::4") == neighbourhood("2001:db8:1:2::9")
    assert neighbourhood("::ffff:192.0.2.1") == "192.0.2.1"
    assert neighbourhood("unix:") == "unix:"


def test_a_session_ends_when_nothing_is_pressed_and_in_any_case_after_a_day() -> None:
    clock = Clock()
    sessions = Sessions(60, 200, clock)
    cookie = sessions.begin(ROBIN)
    for _ in range(3):
        clock.now += 59
        session = sessions.of(cookie)
        assert session is not None
        sessions.used(session)
    clock.now += 59
    assert sessions.of(cookie) is None
    other = sessions.begin(ROBIN)
    clock.now += 61
    assert sessions.of(other) is None


def test_a_session_ends_with_its_token() -> None:
    clock = Clock()
    sessions = Sessions(600, 600, clock)
    cookie = sessions.begin(SignedIn("robin", "Robin", "agent", "t", expires=clock.now + 5))
    clock.now += 6
    assert sessions.of(cookie) is None


def test_a_person_is_signed_in_in_so_many_browsers() -> None:
    """The one used least recently goes; other people's stay."""
    clock = Clock()
    sessions = Sessions(600, 600, clock)
    marta = sessions.begin(SignedIn("marta", "Marta", "lead", "t"))
    cookies = []
    for _ in range(BROWSERS + 1):
        clock.now += 1
        cookies.append(sessions.begin(ROBIN))
    assert [sessions.of(cookie) is not None for cookie in cookies] == [False] + [True] * BROWSERS
    assert sessions.of(marta)
