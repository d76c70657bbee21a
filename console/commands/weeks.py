"""``secondchair demo --later``: weeks pass in the demo before its console opens."""

import time
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
        with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=30) as client:
            _pass(client, weeks)
    except (AttachError, OSError, httpx.HTTPError, KeyError, ValueError) as error:
        raise CommandError(f"no weeks have passed: {error}") from error


def _pass(client: httpx.Client, weeks: int) -> None:
    body, until, said = encode(LetWeeksPass(weeks)), time.monotonic() + WITHIN, ""
    while (answer := client.post(PATH, json=body)).status_code == httpx.codes.SERVICE_UNAVAILABLE:
        if time.monotonic() > until:
            raise CommandError(f"no weeks have passed: {_trouble(answer)}")
        said = _say(_trouble(answer).removesuffix("; try again in a moment"), said)  # that is done here
        time.sleep(LOOKS_EVERY)
    while answer.is_success and (ahead := decode(WeeksAhead, answer.json())).progress:
        said = _say(f"{weeks} week{'s' * (weeks != 1)} pass: {ahead.progress}", said)
        time.sleep(LOOKS_EVERY)
        answer = client.get(PATH)
    if not answer.is_success:
        raise CommandError(f"no weeks have passed: {_trouble(answer)}")


def _trouble(answer: httpx.Response) -> str:
    return str(answer.json()["error"]["message"])


def _say(words: str, said: str) -> str:
    if words != said:
        say(words)
    return words
