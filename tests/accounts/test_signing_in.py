"""Signing in with a password, sessions, and what ends them; on SQLite and PostgreSQL."""

import asyncio

import pytest
from sqlalchemy import text

from console.accounts import Accounts, notes
from console.accounts.administration import Administration
from console.accounts.errors import AccountsError, NoSuchPerson, NotSignedIn, RoleNotHeld, TryLater
from console.accounts.sessions import Terms
from console.accounts.signing_in import Entered, SigningIn, sign_out
from console.conversation.people import Agent, Role
from console.conversation.sign_in_events import SessionsRevoked, SignedIn, SignedOut, SignInEvent, SignInRefused
from tests.accounts.conftest import Open
from tests.accounts.making import PASSWORD, Seconds, fast_passwords
from tests.accounts.test_tokens import all_that_is_kept

HERE, THERE = "192.0.2.1", "192.0.2.2"
ROBIN = Agent("robin", "Robin")


class Door:
    """Signing in at one server, with an administrator beside it."""

    def __init__(self, accounts: Accounts) -> None:
        self.accounts = accounts
        self.refused: list[SignInRefused] = []
        passwords = fast_passwords()
        self.signing_in = SigningIn(accounts, passwords, self.refused.append)
        self.administration = Administration(accounts, passwords)

    async def enter(
        self, name: str = "Robin", password: str = PASSWORD, address: str = HERE, role: Role | None = None
    ) -> Entered:
        """Sign in."""
        return await self.signing_in.with_password(name, password, address, address, role)

    async def fail(self, times: int, name: str = "Robin", address: str = HERE) -> list[type[AccountsError]]:
        """Give a wrong password so many times; return how each was refused."""
        refused = []
        for _ in range(times):
            with pytest.raises((NotSignedIn, TryLater)) as how:
                await self.enter(name, "a wrong password", address)
            refused.append(how.type)
        return refused

    def told(self) -> list[SignInEvent]:
        """Return what is to go into the log."""
        with self.accounts.database.reading() as connection:
            return [note.data for note in notes.waiting(connection)]


@pytest.fixture
def door(accounts: Accounts) -> Door:
    """A server with one account."""
    door = Door(accounts)
    door.administration.add("Robin", [Role.AGENT, Role.LEAD], ["north"], PASSWORD)
    return door


async def test_a_name_and_a_password_begin_a_session_that_every_server_knows(door: Door, opened: Open) -> None:
    """In the first role; the token is kept as a digest, the password as argon2id's hash."""
    entered = await door.enter()
    assert entered.agent == ROBIN
    other = opened().look(entered.token)
    assert other is not None
    assert (other.agent, other.session) == (ROBIN, entered.session)
    kept = all_that_is_kept(door.accounts)
    assert not any(secret in kept for secret in (PASSWORD, entered.token))
    assert "$argon2id$" in kept
    assert door.told()[-1] == SignedIn("robin", "Robin", "agent", "password", entered.session, HERE)


@pytest.mark.parametrize("name", ["robin", "  ROBIN ", "Ｒobin"])
async def test_capitals_and_spaces_of_a_name_do_not_matter(door: Door, name: str) -> None:
    """Those of a password do."""
    assert (await door.enter(name)).agent == ROBIN
    with pytest.raises(NotSignedIn):
        await door.enter(name, PASSWORD.upper())


async def test_a_role_may_be_named_that_the_person_has(door: Door) -> None:
    """Under the same id, so that nobody decides on what they asked for in another role."""
    assert (await door.enter(role=Role.LEAD)).agent == Agent("robin", "Robin", Role.LEAD)
    with pytest.raises(RoleNotHeld, match="yours: agent, lead"):
        await door.enter(role=Role.ADMIN)


@pytest.mark.parametrize(
    ("name", "password", "reason", "person"),
    [
        ("Robin", "wrong password", "wrong password", "robin"),
        ("Nobody", PASSWORD, "no such account", ""),
        ("Tok", PASSWORD, "no such account", ""),
        ("Dis", PASSWORD, "the account is disabled", "dis"),
        ("", "", "no such account", ""),
    ],
)
async def test_whoever_is_refused_is_told_the_same(
    door: Door, name: str, password: str, reason: str, person: str
) -> None:
    """Whatever the reason; the log has it, and never what was typed."""
    door.accounts.keep(Role.AGENT, "Tok")
    door.administration.add("Dis", [Role.AGENT], [], PASSWORD)
    door.administration.set_active("Dis", active=False)
    with pytest.raises(NotSignedIn, match="the name or the password is wrong, or the account is not active"):
        await door.enter(name, password)
    assert door.refused == [SignInRefused(reason, "password", HERE, person)]
    assert "wrong" not in all_that_is_kept(door.accounts)


async def test_guessing_from_one_address_is_paused_and_the_pause_is_checked_first(door: Door, seconds: Seconds) -> None:
    """The right password does not help meanwhile, nor do many at once; a success begins the count anew."""
    assert await door.fail(6) == [NotSignedIn] * 5 + [TryLater]
    with pytest.raises(TryLater, match="30 seconds"):
        await door.enter()
    seconds.forward(30)
    await door.enter()
    assert await door.fail(5) == [NotSignedIn] * 5


async def test_many_who_guess_at_once_get_no_more_tries_than_one_after_the_other(door: Door) -> None:
    """Each try is counted before it is made."""
    tries = [door.enter("Robin", f"guess number {n}") for n in range(40)]
    outcomes = [type(one) for one in await asyncio.gather(*tries, return_exceptions=True)]
    assert (outcomes.count(NotSignedIn), outcomes.count(TryLater)) == (5, 35)


async def test_an_unknown_name_is_paused_as_a_known_one(door: Door) -> None:
    """A pause tells nobody who has an account."""
    assert await door.fail(6, "Nobody") == await door.fail(6, "Robin", THERE)


async def test_strangers_cannot_keep_somebody_out_where_they_have_signed_in_before(
    door: Door, seconds: Seconds
) -> None:
    """However many addresses fail in their name; elsewhere the pause is half a minute at most."""
    await door.enter()
    for number in range(30):
        await door.fail(1, address=f"198.51.100.{number}")
        seconds.forward(30)
    await door.fail(1, address="198.51.100.99")
    assert (await door.enter()).agent == ROBIN
    with pytest.raises(TryLater) as refused:
        await door.enter(address=THERE)
    assert refused.value.seconds <= 30
    seconds.forward(30)
    assert (await door.enter(address=THERE)).agent == ROBIN


async def test_a_session_ends_after_its_hours_and_without_work(opened: Open, seconds: Seconds) -> None:
    """What a console asks by itself is no work."""
    door = Door(opened(terms=Terms(longest=10_000, idle=3_600)))
    door.administration.add("Robin", [Role.AGENT], [], PASSWORD)
    worked, idle = await door.enter(), await door.enter()
    for _ in range(3):
        seconds.forward(3_000)
        assert door.accounts.look(worked.token) is not None
        door.accounts.look(idle.token, there=False)
    assert door.accounts.look(idle.token) is None
    seconds.forward(999)
    assert door.accounts.look(worked.token) is not None
    seconds.forward(1)
    assert door.accounts.look(worked.token) is None


async def test_signing_out_ends_the_session_everywhere(door: Door, opened: Open) -> None:
    """And no other one; a token that is no session's is left alone."""
    first, second = await door.enter(), await door.enter()
    sign_out(door.accounts, first.token)
    assert opened().who(first.token) is None
    assert opened().who(second.token) == ROBIN
    assert door.told()[-1] == SignedOut("robin", first.session)
    token, _ = door.accounts.keep(Role.AGENT, "Sam")
    with pytest.raises(AccountsError, match="no session"):
        sign_out(door.accounts, token)


async def test_disabling_an_account_ends_all_that_it_had(door: Door, opened: Open) -> None:
    """Sessions and tokens; enabling it brings back the tokens and no session."""
    entered = await door.enter()
    token, _ = door.accounts.keep(Role.AGENT, "Robin")
    passing, _ = door.accounts.mint(Role.AGENT, "Robin")
    door.administration.set_active("Robin", active=False)
    assert [door.accounts.who(one) for one in (entered.token, token, passing)] == [None] * 3
    assert door.told()[-1] == SessionsRevoked("robin", (entered.session,), "the account was disabled")
    door.administration.set_active("robin", active=True)
    assert [opened().who(one) for one in (entered.token, token)] == [None, ROBIN]


async def test_a_new_password_ends_the_sessions_of_the_old_one(door: Door) -> None:
    """And is the only one that fits."""
    entered = await door.enter()
    door.administration.set_password("Robin", "another few plain words")
    assert door.accounts.who(entered.token) is None
    with pytest.raises(NotSignedIn):
        await door.enter()
    assert (await door.enter(password="another few plain words")).agent == ROBIN


async def test_a_role_that_is_taken_away_ends_what_was_in_it(door: Door) -> None:
    """What is in another role goes on."""
    agent, lead = await door.enter(), await door.enter(role=Role.LEAD)
    person = door.administration.set_roles("Robin", [Role.AGENT])
    assert person.teams == ("north",)
    assert [door.accounts.who(one.token) for one in (agent, lead)] == [ROBIN, None]
    with pytest.raises(AccountsError, match="needs a role"):
        door.administration.set_roles("Robin", [])


async def test_sessions_are_listed_and_revoked(door: Door, opened: Open) -> None:
    """One by its name, which is not its token, or all of a person."""
    first, second = await door.enter(), await door.enter(address=THERE)
    listed = door.administration.sessions("Robin")
    assert {(one.id, one.address) for _, one in listed} == {(first.session, HERE), (second.session, THERE)}
    door.administration.revoke(first.session)
    assert [opened().who(one.token) for one in (first, second)] == [None, ROBIN]
    with pytest.raises(AccountsError, match="no session"):
        door.administration.revoke(first.session)
    assert door.administration.revoke_all("Robin") == 1
    assert door.administration.sessions() == []


def test_a_name_has_one_account_and_who_had_tokens_keeps_their_id(door: Door) -> None:
    """So that the log goes on naming them."""
    with pytest.raises(AccountsError, match="there is an account"):
        door.administration.add("ROBIN", [Role.AGENT], [], PASSWORD)
    _, agent = door.accounts.keep(Role.AGENT, "Sam Oldfield")
    assert door.administration.add("Sam Oldfield", [Role.AGENT, Role.TRAINER], [], PASSWORD).id == agent.id
    with pytest.raises(NoSuchPerson, match="account list"):
        door.administration.set_active("Nobody", active=False)


def test_where_several_have_a_name_an_id_is_asked_for(door: Door) -> None:
    """Rather than the wrong one being changed."""
    door.accounts.keep(Role.TRAINER, "Robin")
    with pytest.raises(NoSuchPerson, match="use an id: robin, robin-2"):
        door.administration.set_password("ROBIN", PASSWORD)
    with pytest.raises(AccountsError, match="a name has one account"):
        door.administration.set_password("robin-2", PASSWORD)
    assert door.administration.set_active("robin", active=False).id == "robin"


def test_attempts_that_are_long_over_are_forgotten(door: Door, seconds: Seconds) -> None:
    """The table does not grow for ever."""

    async def fail() -> None:
        await door.fail(3, "Somebody")
        seconds.forward(31 * 24 * 3600)
        await door.fail(1, "Else")

    asyncio.run(fail())
    with door.accounts.database.reading() as connection:
        assert connection.execute(text("select count(*) from accounts_attempts")).scalar() == 3
