"""``secondchair demo --later``: weeks pass in the demo before its console opens."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import httpx

from console.commands.attach import AttachError, WorkspaceDesk
from console.commands.outcome import CommandError, say
from console.conversation.codec import decode, encode
from console.conversation.weeks import LetWeeksPass, WeeksAhead

WITHIN: Final = 600.0
"""Seconds in which the model has to be there, the demo's past to be written, and the weeks to have passed."""

LOOKS_EVERY: Final = 1.0

PATH: Final = "/v1/review/weeks"


def let_weeks_pass(desk: WorkspaceDesk, weeks: int) -> None:
    """Let so many weeks pass on a demo's desk, and wait until they have; raises :class:`CommandError`."""
    try:
        url, token = desk.attach(say)
        head = {"Authorization": f"Bearer {token}"}
        with httpx.Client(base_url=url, headers=head, timeout=30) as client, _told() as tell:
            _pass(client, weeks, tell)
    except (AttachError, OSError, httpx.HTTPError, KeyError, ValueError) as error:
        raise CommandError(f"no weeks have passed: {error}") from error


def _pass(client: httpx.Client, weeks: int, tell: Callable[[str], None]) -> None:
    body, until = encode(LetWeeksPass(weeks)), time.monotonic() + WITHIN
    while (answer := client.post(PATH, json=body)).status_code == httpx.codes.SERVICE_UNAVAILABLE:
        if time.monotonic() > until:
            raise CommandError(f"no weeks have passed: {_trouble(answer)}")
        tell(_trouble(answer).removesuffix("; try again in a moment"))  # that is done here
        time.sleep(LOOKS_EVERY)
    while answer.is_success and (ahead := decode(WeeksAhead, answer.json())).progress:
        tell(f"{weeks} week{'s' * (weeks != 1)} pass: {ahead.progress}")
        time.sleep(LOOKS_EVERY)
        answer = client.get(PATH)
    if not answer.is_success:
        raise CommandError(f"no weeks have passed: {_trouble(answer)}")


def _trouble(answer: httpx.Response) -> str:
    return str(answer.json()["error"]["message"])


@contextmanager
def _told() -> Iterator[Callable[[str], None]]:
    """Say how far it is on one line, for the console opens in a terminal anyway."""
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(Text("Weeks are to pass")) as status:
        yield lambda words: status.update(Text(words))
