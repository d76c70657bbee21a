"""Signing in to a team's server from a terminal, before the console opens, and out again behind it."""

import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import httpx

from console.addresses import require_private
from console.commands.outcome import CommandError, say

TRIES: Final = 3
"""Times that somebody may mistype before the command ends."""

SECONDS: Final = 15.0
"""Seconds in which the server must have answered."""

_NOT_SIGNED_IN: Final = 401


@contextmanager
def signed_in(
    url: str, ask: Callable[[str], str] = input, hide: Callable[[str], str] = getpass.getpass
) -> Iterator[str]:
    """Ask who they are, yield the token of a session, and end that when the block does.

    ``ask`` and ``hide`` ask a question on the terminal, the second without showing the answer. Raises
    :class:`CommandError`.
    """
    try:
        require_private(url, insecure=False)
    except ValueError as error:
        raise CommandError(f"{url}: a password would go there unencrypted; use https://, or a token") from error
    with httpx.Client(base_url=url, timeout=SECONDS) as http:
        token = _asked(http, ask, hide)
        try:
            yield token
        finally:
            _sign_out(http, token)


def _asked(http: httpx.Client, ask: Callable[[str], str], hide: Callable[[str], str]) -> str:
    for _ in range(TRIES):
        sys.stderr.flush()
        name = ask("Your name (nothing: sign in with your company's identity provider): ").strip()
        if name:
            answer = _post(http, "/v1/sign-in", {"name": name, "password": hide("Password: ")})
        else:
            say(f"Open {http.base_url}v1/oidc/start in a browser, sign in, and bring the code that it shows.")
            answer = _post(http, "/v1/sign-in/code", {"code": hide("Code: ").strip()})
        if answer.status_code == httpx.codes.OK:
            return str(answer.json()["token"])
        line = _line(answer)
        if answer.status_code != _NOT_SIGNED_IN:
            raise CommandError(line)
        say(f"{line[:1].upper()}{line[1:]}.")
    raise CommandError("nobody was signed in")


def _post(http: httpx.Client, path: str, body: dict[str, str]) -> httpx.Response:
    try:
        answer = http.post(path, json=body)
    except httpx.HTTPError as error:
        raise CommandError(f"the desk server at {http.base_url} does not answer ({type(error).__name__})") from error
    return answer


def _line(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"the server answered with status {answer.status_code}; is it a desk server?"


def _sign_out(http: httpx.Client, token: str) -> None:
    try:
        http.post("/v1/sign-out", headers={"Authorization": f"Bearer {token}"})
    except httpx.HTTPError:
        return  # it ends by itself
