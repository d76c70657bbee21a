"""``secondchair learn``: a ranker of suggested replies from what agents decided, and back from it."""

import json
from collections.abc import Callable

import typer

from console.commands.alone import log_alone, unanswered
from console.commands.outcome import CommandError, say
from console.conversation.codec import decode, encode
from console.conversation.events import WORKSPACE, EventData, NewEvent
from console.conversation.ranker_commands import RankerInForce
from console.conversation.ranker_events import RankerTrained
from console.conversation.ranking import BUILT_IN, Rankers, as_json
from console.desk.errors import Refused
from console.desk.rankers import KINDS, going_back, outcome
from console.review.learning.lesson import KINDS as READ
from console.review.learning.lesson import TooLittle, lesson
from console.server.lock import Served, served
from console.server.log_time import time_in
from console.server.reading_log import log_to_read
from console.settings import Settings
from console.workspace import Workspace

PATIENCE = 30.0
"""Seconds that a running server may take to log it."""

BY = "secondchair learn"
"""Who puts a ranker in force where no server runs."""


def learn_from(workspace: Workspace, settings: Settings, *, as_json: bool) -> int:
    """Train and judge a ranker, and put it in force where it is better; returns 1 where there is too little."""
    log = log_to_read(workspace, settings)
    if log is None:
        raise CommandError(f"{workspace.root}: there is no event log here yet; the console or 'serve' begins one")
    try:
        trained = lesson(log.of_kinds(READ))
    except TooLittle as error:
        say(f"secondchair: {error}")
        return 1
    finally:
        log.close()
    try:
        done = _decided(workspace, settings, "", encode(trained), lambda rankers: outcome(rankers, trained, BY))
    except Refused as error:  # somebody else learned, or went back, at the same moment
        raise CommandError(str(error)) from error
    if as_json:
        typer.echo(json.dumps(_told(trained, done), ensure_ascii=False))
    else:
        for line in lines_of(trained, done):
            typer.echo(line)
    return 0


def go_back(workspace: Workspace, settings: Settings, *, as_json: bool) -> int:
    """Put the ranker in force that was before; returns 1 where there is none."""
    if not settings.store.address and not workspace.database.exists():
        raise CommandError(f"{workspace.root}: there is no event log here, so there is no ranker to go back from")
    try:
        done = _decided(workspace, settings, "/back", None, lambda rankers: going_back(rankers, BY))
    except Refused as error:
        say(f"secondchair: {error}")
        return 1
    if as_json:
        typer.echo(json.dumps({"in_force": done.version, "before": done.before}))
    else:
        typer.echo(f"Replies are ordered by {_name(done.version)} again; {_name(done.before)} is out of force.")
    return 0


def lines_of(trained: RankerTrained, done: RankerInForce) -> list[str]:
    """Return what came of it, in lines for people."""
    places = ", ".join(f"{looked:.2f}" for looked in trained.examined)
    promoted = done.version != done.before
    verdict = f"{trained.version} is in force" if promoted else f"{_name(done.version)} stays in force"
    reason = "better beyond chance" if trained.better else "not better beyond chance"
    if trained.better and not promoted:
        reason = "somebody went back from this one"
    return [
        f"Trained {trained.version} on {trained.turns} turns; judged on {trained.judged} later ones.",
        f"First is what agents took, corrected for its place: {trained.first:.3f}, and {trained.champion_first:.3f} by "
        f"{_name(trained.champion)}.",
        f"Difference, 95 % interval: {trained.low:+.3f} to {trained.high:+.3f}. Places are looked at: {places}.",
        f"{verdict[:1].upper()}{verdict[1:]}: {reason}.",
    ]


def _name(version: str) -> str:
    return "the engine's own order" if version == BUILT_IN else f"ranker {version}"


def _told(trained: RankerTrained, done: RankerInForce) -> dict[str, object]:
    return {**as_json(trained), "in_force": done.version, "promoted": done.version != done.before}


def _decided(
    workspace: Workspace,
    settings: Settings,
    route: str,
    body: object,
    decide: Callable[[Rankers], list[EventData]],
) -> RankerInForce:
    """Have it logged: by the server that runs on the workspace, or here where none does."""
    running = served(workspace)
    return _by_server(running, route, body) if running else _alone(workspace, settings, decide)


def _by_server(running: Served, route: str, body: object) -> RankerInForce:
    import httpx

    try:
        answer = httpx.post(
            f"{running.url}/v1/rankers{route}",
            headers={"Authorization": f"Bearer {running.token}"},
            json=body,
            timeout=PATIENCE,
        )
        told = answer.json()
        if answer.is_success:
            return decode(RankerInForce, told)
        if answer.status_code == httpx.codes.BAD_REQUEST:
            raise Refused(told["error"]["message"])
        raise CommandError(f"the desk server did not take it: {told['error']['message']}")
    except (OSError, httpx.HTTPError, KeyError, ValueError) as error:
        raise unanswered(running, error) from error


def _alone(workspace: Workspace, settings: Settings, decide: Callable[[Rankers], list[EventData]]) -> RankerInForce:
    with log_alone(workspace, settings) as log:
        rankers = Rankers()
        for event in log.of_kinds(KINDS):
            rankers.apply(event.data)
        before = rankers.in_force
        batch = [NewEvent(WORKSPACE, "desk", data, time_in(log)) for data in decide(rankers)]
        for event in log.append(batch).events:
            rankers.apply(event.data)
        return RankerInForce(rankers.in_force, before)
