"""People change their own password, by the old one; on SQLite and PostgreSQL."""

import asyncio
from collections.abc import Callable

import pytest

from console.accounts import OWNER, Accounts
from console.accounts.errors import AccountsError, NoPassword, NotSignedIn, TryLater, WrongPassword
from console.accounts.own_password import OwnPassword
from console.accounts.vouching import UnderWay, Vouching
from console.conversation.people import Agent, Role
from console.conversation.sign_in_events import AccountChanged, SessionsRevoked, SignInRefused
from tests.accounts.conftest import Open
from tests.accounts.making import PASSWORD, Seconds, fast_passwords
from tests.accounts.test_signing_in import HERE, ROBIN, THERE, Door, door

__all__ = ["door"]

NEW = "another few plain words"


@pytest.fixture
def own(door: Door) -> OwnPassword:
    """What changes passwords at that door's server."""
    return OwnPassword(door.accounts, fast_passwords(), door.refused.append)


async def changed(own: OwnPassword, token: str, old: str = PASSWORD, new: str = NEW, address: str = HERE) -> None:
    """Change Robin's password."""
    await own.change(ROBIN, token, old, new, address, address)


async def test_a_new_password_holds_on_every_server_and_the_old_one_on_none(
    door: Door, own: OwnPassword, opened: Open
) -> None:
    """The session it was changed in goes on, the person's others end, another person's do not; and it is told."""
    door.administration.add("Sam", [Role.AGENT], [], PASSWORD)
    here, there, sams = await door.enter(), await door.enter(address=THERE), await door.enter("Sam")
    await changed(own, here.token)
    other = opened()
    assert [other.who(one.token) for one in (here, there, sams)] == [ROBIN, None, Agent("sam", "Sam")]
    with pytest.raises(NotSignedIn):
        await Door(other).enter()
    assert (await Door(other).enter(password=NEW)).agent == ROBIN
    assert door.told()[-3:-1] == [
        AccountChanged("robin", "Robin", "own password", ("agent", "lead"), ("north",), active=True),
        SessionsRevoked("robin", (there.session,), "they changed their password"),
    ]


async def test_with_a_token_of_theirs_all_sessions_end(door: Door, own: OwnPassword) -> None:
    """And the token, which is not the password's, goes on."""
    token, _ = door.accounts.keep(Role.AGENT, "Robin")
    session = await door.enter()
    await changed(own, token)
    assert [door.accounts.who(one) for one in (token, session.token)] == [ROBIN, None]


@pytest.mark.parametrize(
    ("new", "why"),
    [("short", "at least 12"), ("x" * 257, "at most 256"), ("Robin robin 1", "the name"), ("ab" * 10, "repeats")],
)
async def test_the_rules_are_those_of_the_command(door: Door, own: OwnPassword, new: str, why: str) -> None:
    """One line says what is wrong, and no try is counted for it."""
    token = (await door.enter()).token
    for _ in range(10):
        with pytest.raises(AccountsError, match=why):
            await changed(own, token, new=new)
    with pytest.raises(AccountsError, match="is the old one"):
        await changed(own, token, new=PASSWORD)
    assert door.refused == []
    assert (await door.enter()).agent == ROBIN


async def test_wrong_tries_are_counted_with_those_to_sign_in(door: Door, own: OwnPassword, seconds: Seconds) -> None:
    """Whoever sits down at an open console does not guess on where the door would have stopped them."""
    token = (await door.enter()).token
    for _ in range(3):
        with pytest.raises(WrongPassword, match="nothing was changed"):
            await changed(own, token, "a wrong password")
    assert await door.fail(2) == [NotSignedIn] * 2
    with pytest.raises(TryLater, match="30 seconds"):
        await changed(own, token)
    with pytest.raises(TryLater):
        await door.enter()
    assert door.refused[0] == SignInRefused("wrong old password", "password", HERE, "robin")
    seconds.forward(30)
    await changed(own, token)
    assert (await door.enter(password=NEW)).agent == ROBIN


async def test_many_tries_at_once_gain_nothing(door: Door, own: OwnPassword) -> None:
    """Each is counted before it is made."""
    token = (await door.enter()).token
    tries = [changed(own, token, f"guess number {n}") for n in range(30)]
    outcomes = [type(one) for one in await asyncio.gather(*tries, return_exceptions=True)]
    assert (outcomes.count(WrongPassword), outcomes.count(TryLater)) == (5, 25)


async def test_of_two_who_change_it_at_once_one_wins(door: Door, own: OwnPassword, opened: Open) -> None:
    """On two servers: the other's old password is not the person's any more."""
    token = (await door.enter()).token
    other = OwnPassword(opened(), fast_passwords(), door.refused.append)
    both = (changed(own, token, new="the first few words"), changed(other, token, new="the other few words"))
    outcomes = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(one).__name__ for one in outcomes) == ["NoneType", "WrongPassword"]


def vouched_for(accounts: Accounts) -> Agent:
    """Return somebody whom an identity provider vouched for."""
    vouching = Vouching(accounts)
    code = vouching.vouched("https://login.example", "1", "Vera", [Role.AGENT], UnderWay("", "", "", "", "", ""), HERE)
    return vouching.exchange(code, "").agent


@pytest.mark.parametrize(
    ("who", "why"),
    [
        (vouched_for, "identity provider: change your password there"),
        (lambda accounts: accounts.keep(Role.AGENT, "Tok")[1], "came with a token and have no password"),
        (lambda accounts: accounts.keep(Role.TRAINER, "Robin")[1], "came with a token and have no password"),
        (lambda _: OWNER, "this desk runs as you"),
    ],
    ids=["provider", "token", "namesake", "owner"],
)
async def test_who_has_no_password_is_told_why(
    door: Door, own: OwnPassword, who: Callable[[Accounts], Agent], why: str
) -> None:
    """In one line, before anything is counted or checked; a namesake's password is not theirs."""
    agent = who(door.accounts)
    assert why in own.why_not(agent)
    assert own.why_not(ROBIN) == ""
    with pytest.raises(NoPassword, match=why):
        await own.change(agent, "", PASSWORD, NEW, HERE, HERE)
    assert door.refused == []
