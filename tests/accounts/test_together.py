"""What several servers count together in the store, and how much of it there may be; on SQLite and PostgreSQL."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event, func, select

from console.accounts import Accounts, attempts, starts
from console.accounts.errors import NotSignedIn, TryLater
from console.accounts.schema import attempts as kept_attempts
from console.accounts.schema import starts as kept_starts
from console.accounts.throttle import Limits
from console.accounts.vouching import UnderWay, Vouching
from console.conversation.people import Agent, Role
from tests.accounts.conftest import Open
from tests.accounts.making import PASSWORD, Seconds
from tests.accounts.test_signing_in import HERE, Door

BEGUN = UnderWay("nonce", "verifier", "browser", "", "", "")
LIMITS = Limits()


def kept(accounts: Accounts) -> int:
    """Return how many counts of attempts are kept."""
    with accounts.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(kept_attempts)).scalar_one()


def tried(accounts: Accounts, name: str, address: str) -> int:
    """Make an attempt that fails; return the seconds to wait where it was not let through."""
    with accounts.database.changing() as connection:
        return attempts.begin(connection, attempts.account_key(name), address, LIMITS, accounts.now())


async def test_four_servers_give_no_more_tries_than_one(opened: Open) -> None:
    """Forty guesses at once, ten at each: five are let through, and the right password waits everywhere."""
    doors = [Door(opened()) for _ in range(4)]
    doors[0].administration.add("Robin", [Role.AGENT], [], PASSWORD)
    tries = [doors[n % 4].enter("Robin", f"guess number {n}") for n in range(40)]
    outcomes = [type(one) for one in await asyncio.gather(*tries, return_exceptions=True)]
    assert (outcomes.count(NotSignedIn), outcomes.count(TryLater)) == (5, 35)
    for door in doors:
        with pytest.raises(TryLater):
            await door.enter()


def test_an_address_begins_no_more_sign_ins_at_a_provider_on_four_servers_than_on_one(
    opened: Open, seconds: Seconds
) -> None:
    """Thirty in a minute; another address goes on, and nothing of it is kept for long."""
    servers = [Vouching(opened()) for _ in range(4)]

    def begins(number: int) -> bool:
        try:
            servers[number % 4].begin(f"state {number}", BEGUN, HERE)
        except TryLater:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(begins, range(60))) == starts.MOST
    servers[0].begin("state", BEGUN, "192.0.2.9")
    seconds.forward(starts.MINUTE)
    assert begins(60)
    with opened().database.reading() as connection:
        assert [row.place for row in connection.execute(select(kept_starts))] == [HERE]


def test_a_flood_of_names_and_addresses_does_not_fill_the_store(
    accounts: Accounts, seconds: Seconds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was tried longest ago is forgotten; who is known at an address, and what was tried just now, is not."""
    monkeypatch.setattr(attempts, "MOST", 100)
    monkeypatch.setattr(attempts, "AT_A_TIME", 10)
    robin = attempts.account_key("Robin")
    with accounts.database.changing() as connection:
        attempts.begin(connection, robin, HERE, LIMITS, accounts.now())
        attempts.succeeded(connection, robin, HERE, accounts.now())
    for number in range(300):
        seconds.forward(1)
        tried(accounts, f"somebody {number}", f"198.51.100.{number}")
        assert kept(accounts) <= 100 + 3 + 1
    for _ in range(LIMITS.failures):
        tried(accounts, "Robin", HERE)
    for number in range(10):
        tried(accounts, f"another {number}", f"203.0.113.{number}")
    assert tried(accounts, "Robin", HERE) == LIMITS.known_pair.first


def test_whom_the_desk_knows_signs_in_by_one_question_and_three_changes(accounts: Accounts) -> None:
    """The counts cost that, and no row more, however often somebody comes."""
    robin = attempts.account_key("Robin")

    def comes() -> None:
        with accounts.database.changing() as connection:
            assert attempts.begin(connection, robin, HERE, LIMITS, accounts.now()) == 0
        with accounts.database.changing() as connection:
            attempts.succeeded(connection, robin, HERE, accounts.now())

    comes()
    said: list[str] = []
    event.listen(accounts.database._engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    for _ in range(3):
        comes()
    counted = [one.split()[0] for one in said if "accounts_attempts" in one]
    assert counted == ["SELECT", "UPDATE", "UPDATE", "UPDATE"] * 3
    assert kept(accounts) == 3


async def test_the_token_that_an_administrator_makes_is_a_session_that_all_servers_know(
    opened: Open, seconds: Seconds
) -> None:
    """It ends after the hours of a session, not for want of work, and before where it is revoked."""
    one, two = opened(), opened()
    token, agent, expires = one.issue(Role.AGENT, "Sam")
    assert two.who(token) == agent == Agent("sam", "Sam")
    for _ in range(3):
        seconds.forward(2 * one.terms.idle)
        assert two.who(token) == agent
    seconds.time = expires
    assert one.who(token) is None
    token, _, _ = one.issue(Role.AGENT, "Sam")
    door = Door(two)
    (session,) = door.administration.sessions("Sam")
    assert session[1].how == "issued"
    before = one.endings()
    door.administration.revoke(session[1].id)
    assert one.endings() > before
    assert one.who(token) is None


def test_every_end_is_counted_where_all_servers_see_it(opened: Open) -> None:
    """Another token under the same label, a role, an account, a password; letting somebody in counts nothing."""
    one, two = opened(), opened()
    door = Door(one)
    door.administration.add("Robin", [Role.AGENT, Role.LEAD], [], PASSWORD)
    seen = [two.endings()]

    def grew() -> bool:
        seen.append(two.endings())
        return seen[-1] > seen[-2]

    asyncio.run(door.enter())
    one.keep(Role.AGENT, "Robin", label="nightly")
    assert not grew()
    one.keep(Role.AGENT, "Robin", label="nightly")
    assert grew()
    door.administration.set_password("Robin", "another few plain words")
    assert grew()
    door.administration.set_roles("Robin", [Role.AGENT])
    assert grew()
    door.administration.set_active("Robin", active=False)
    assert grew()
