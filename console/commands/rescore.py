"""``secondchair rescore``: conversations marked anew under a new rubric."""

from datetime import datetime, timedelta

from console.commands.alone import log_alone, unanswered
from console.commands.log import reading
from console.commands.outcome import CommandError, say
from console.conversation.codec import encode
from console.conversation.events import WORKSPACE, NewEvent
from console.conversation.quality_commands import MarkAgain
from console.conversation.quality_events import RescoringAsked
from console.server.lock import Served, served
from console.server.log_time import time_in
from console.settings import Settings
from console.workspace import Workspace

PATIENCE = 30.0
"""Seconds that a running server may take to log it."""

BY = "secondchair rescore"


def ask_again(workspace: Workspace, settings: Settings, weeks: int) -> None:
    """Have it logged, by the server that runs on the workspace, or here where none does."""
    far = timedelta(weeks=weeks)
    if running := served(workspace):
        with reading(workspace) as log:
            since = time_in(log) - far
        _by_server(running, since)
        say("Noted. The desk server marks them anew in the background; the lead's review says how far it is.")
        return
    if not settings.store.address and not workspace.database.exists():
        raise CommandError(f"{workspace.root}: there is no event log here, so there is nothing to mark anew")
    with log_alone(workspace, settings) as log:
        now = time_in(log)
        log.append([NewEvent(WORKSPACE, "desk", RescoringAsked(now - far, BY), now)])
    say("Noted. The desk server marks them anew in the background when it runs next.")


def _by_server(running: Served, since: datetime) -> None:
    import httpx

    try:
        answer = httpx.post(
            f"{running.url}/v1/quality/again",
            headers={"Authorization": f"Bearer {running.token}"},
            json=encode(MarkAgain(since)),
            timeout=PATIENCE,
        )
        if not answer.is_success:
            raise CommandError(f"the desk server did not take it: {answer.json()['error']['message']}")
    except (OSError, httpx.HTTPError, KeyError, ValueError) as error:
        raise unanswered(running, error) from error
