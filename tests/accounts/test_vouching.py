"""What is kept of a sign-in at an identity provider: for one use, on whichever server; on SQLite and PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from console.accounts import Accounts, AccountsError, once
from console.accounts.errors import NotSignedIn
from console.accounts.vouching import CODE, UNDER_WAY, UnderWay, Vouching
from console.conversation.people import Role
from tests.accounts.conftest import Open
from tests.accounts.making import Seconds

BEGUN = UnderWay("nonce", "verifier", "browser", "", "", "")
PLACE = "192.0.2.1"
WHO = ("https://login.example", "1", "Robin")


async def test_what_was_begun_on_one_server_ends_on_another_and_once(opened: Open, seconds: Seconds) -> None:
    """Whichever the proxy in front chooses; and within minutes."""
    first, second = Vouching(opened()), Vouching(opened())
    first.begin("state", BEGUN, PLACE)
    assert second.take("another") is None
    assert second.take("state") == BEGUN
    assert first.take("state") is None
    first.begin("state", BEGUN, PLACE)
    seconds.forward(UNDER_WAY)
    assert second.take("state") is None


def test_a_code_is_exchanged_once_however_many_ask_at_once(opened: Open, seconds: Seconds) -> None:
    """On any server, and within a minute."""
    servers = [Vouching(opened()) for _ in range(4)]
    code = servers[0].vouched(*WHO, [Role.AGENT], BEGUN, "192.0.2.1")

    def tries(number: int) -> bool:
        try:
            return bool(servers[number % 4].exchange(code, ""))
        except NotSignedIn:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(tries, range(16))) == [False] * 15 + [True]
    late = servers[0].vouched(*WHO, [Role.AGENT], BEGUN, "192.0.2.1")
    seconds.forward(CODE)
    with pytest.raises(NotSignedIn):
        servers[1].exchange(late, "")


def test_two_who_come_for_the_first_time_at_once_are_one_person(opened: Open) -> None:
    """The same one, in two tabs."""
    servers = [Vouching(opened()) for _ in range(4)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: servers[n % 4].vouched(*WHO, [Role.AGENT], BEGUN, ""), range(8)))
    assert [person.id for person in opened().people()] == ["robin"]


def test_a_flood_of_sign_ins_that_are_begun_and_never_ended_is_bounded(
    accounts: Accounts, seconds: Seconds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And over after some minutes."""
    monkeypatch.setattr(once, "MOST", 5)
    vouching = Vouching(accounts)
    for number in range(5):
        vouching.begin(f"state {number}", BEGUN, PLACE)
    with pytest.raises(AccountsError, match="too many"):
        vouching.begin("state", BEGUN, PLACE)
    seconds.forward(UNDER_WAY)
    vouching.begin("state", BEGUN, PLACE)
