"""Signing in to a team's server from a terminal."""

import asyncio
from collections.abc import Callable, Iterator

import httpx
import pytest

from console.accounts.administration import Administration
from console.commands.outcome import CommandError
from console.commands.signing_in import signed_in
from console.conversation.people import Role
from tests.accounts.making import PASSWORD
from tests.server.conftest import PEOPLE, Served, served

__all__ = ["served"]  # the fixture
NAME = PEOPLE[Role.LEAD]


def saying(*answers: str) -> Callable[[str], str]:
    """Return a terminal at which these answers are typed."""
    left: Iterator[str] = iter(answers)
    return lambda question: next(left)


async def test_a_session_lasts_as_long_as_the_console(served: Served) -> None:
    """A mistyped password is asked for again; behind the console the session ends."""
    Administration(served.accounts, served.app.state.passwords).add(NAME, [Role.LEAD], [], PASSWORD)

    def work(url: str) -> str:
        with signed_in(url, saying(NAME, NAME), saying("mistyped words", PASSWORD)) as token:
            me = httpx.get(f"{url}/v1/me", headers={"Authorization": f"Bearer {token}"})
            assert me.json()["agent"]["name"] == NAME
        return token

    async with served.listening() as url:
        token = await asyncio.to_thread(work, url)
    assert served.accounts.who(token) is None


async def test_what_does_not_work_ends_in_one_line(served: Served) -> None:
    """After three tries, at a desk without a provider, and where nobody listens."""

    def work(url: str, *names: str) -> None:
        with signed_in(url, saying(*names), saying(*["mistyped words"] * 3)):
            pass

    async with served.listening() as url:
        with pytest.raises(CommandError, match="nobody was signed in"):
            await asyncio.to_thread(work, url, NAME, NAME, NAME)
        with pytest.raises(CommandError, match="no identity provider"):
            await asyncio.to_thread(work, url, "")
    with pytest.raises(CommandError, match="does not answer"):
        await asyncio.to_thread(work, url, NAME)


def test_no_password_is_asked_for_that_would_go_unencrypted_to_another_machine() -> None:
    """The user is told before they type."""
    with pytest.raises(CommandError, match="unencrypted"), signed_in("http://desk.example", saying(), saying()):
        pass
