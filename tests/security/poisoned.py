"""A console on a terminal whose every text was written by somebody hostile: ``python -m tests.security.poisoned FILE``.

The desk behind it cleaned nothing, so what is seen here is what the console's own wall lets through. It walks through
the screens by their keys, and writes into FILE on which of them the hostile words stood.
"""

import asyncio
import json
import sys
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Final

from textual.pilot import Pilot

from console.conversation import events as e
from console.conversation.assist_events import NextStepProposed
from console.conversation.draft_events import ArticleDrafted
from console.conversation.events import Event
from console.conversation.people import Agent, Role
from console.conversation.queue import AtWork
from console.terminal.app import ConsoleApp
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.packet_scenes import handed_over
from tests.terminal.scenes import STEP, judge
from tests.terminal.upkeep_scenes import lacking_desk
from tests.terminal.wrap_up_scenes import PROPOSAL, wrapped_before

MARK: Final = "HIJACK"
HOSTILE: Final = (
    f"{MARK} \x1b]0;{MARK}TITLE\x07 \x1b[2J\x1b[31m{MARK}RED \x9b31m{MARK}C1 \x90q{MARK}DCS\x9c "
    f"\u202e{MARK}BIDI\u202c \u2066{MARK}ISO\u2069 \x1b]52;c;SElKQUNL\x07 \u200eMARK\ufeff \x00NUL \x08BS "
    f"\x1b]8;;https://evil.example\x1b\\link [@click=app.quit]x[/] [red]y[/red]"
)
_FIELDS: Final = """
    name first_name text subject reason title passage note author advice span says words said question shown line
    disposition agent_name label value email country since item carrier place clause body example nearest owner by
    wording summary outcome to_do
"""
TEXTS: Final = frozenset(_FIELDS.split())
"""Names of fields that hold what people wrote; what the console looks things up by stays as it is."""

PARTS: Final = (
    "InboxList",
    "ConversationHeader",
    "Transcript",
    "SummaryPanel",
    "MoodLine",
    "SuggestionCard",
    "HitList",
    "DamageLine",
    "FlagView",
    "NextStepLine",
    "Composer",
)
"""Parts of the main screen that show what somebody wrote."""

SCREENS: Final = {
    "source": "alt+s",
    "rating": "alt+m",
    "record": "alt+i",
    "packet": "alt+6",
    "correction": "alt+t,alt+t",
    "look-up": "f4",
    "closing": "alt+x",
    "to do": "alt+8",
    "queue": "f10",
    "among colleagues": "alt+5",
    "passing on": "ctrl+r",
    "marking the bot": "alt+comma",
    "approvals": "alt+a",
    "gaps": "f7",
    "blocked": "ctrl+s",
}
PATIENCE: Final = 20.0


def poisoned(value: Any, under: str = "") -> Any:  # noqa: ANN401 - a value of the domain
    """Return a value with hostile words wherever people's stood."""
    if isinstance(value, str) and type(value) is str:
        return HOSTILE if under in TEXTS else value
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: poisoned(getattr(value, f.name), f.name) for f in fields(value) if f.init}
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(poisoned(item, under) for item in value)
    return value


def poisoned_desk() -> FakeDesk:
    """Return the desk of a lead, with something on every screen."""
    desk = lacking_desk(Agent("marta", "Marta Quill", Role.LEAD))
    packet = handed_over()
    events: list[Event] = [*desk.log, *(packet.log[-1:])]
    desk.log.clear()
    for event in events:
        desk.append(event.conversation, poisoned(event.data), event.actor, event.at)
    desk.append("c-dana", e.ConversationClaimed("marta", HOSTILE), "agent:marta")
    wrapped_before(desk, "c-dana")
    desk.append("c-dana", e.ConversationClaimed("marta", HOSTILE), "agent:marta")
    desk.append("c-dana", e.NoteAdded(HOSTILE, HOSTILE))
    desk.append("c-dana", NextStepProposed("m6", STEP), "assist")
    desk.append("c-dana", e.ApprovalRequested("a-1", HOSTILE, poisoned(judge("£350")), HOSTILE), "agent:robin")
    desk.append(e.WORKSPACE, ArticleDrafted("d-1", "c-iris", HOSTILE, poisoned(desk.drafted.lines), HOSTILE))
    log = [replace(event, data=poisoned(event.data)) for event in desk.log]
    desk.log[:] = log
    desk.lacks, desk.pairs, desk.drafted = (poisoned(one) for one in (desk.lacks, desk.pairs, desk.drafted))
    desk.sources = {name: poisoned(source) for name, source in desk.sources.items()}
    desk.found, desk.proposes = poisoned(desk.found), poisoned(PROPOSAL)
    desk.team = (AtWork("sam", HOSTILE, has=2), AtWork("priya", HOSTILE, skills=("refunds",), capacity=3))
    desk.sentences = (HOSTILE,)
    desk.unsent = {"c-dana": f"{HOSTILE} £350"}
    desk.judge = lambda text: poisoned(judge(text))
    desk.damage = HOSTILE
    return desk


def painted(app: ConsoleApp) -> str:
    """Return what stands on the terminal, as the wall let it through."""
    strips = app.screen._compositor.render_strips(app.size)
    return "\n".join(strip.text for strip in strips)


async def _until(pilot: Pilot[int], holds: Any) -> bool:  # noqa: ANN401 - a condition
    end = asyncio.get_running_loop().time() + PATIENCE
    while not holds():
        if asyncio.get_running_loop().time() > end:
            return False
        await pilot.pause(0.02)
    return True


async def walk(pilot: Pilot[int]) -> dict[str, bool]:
    """Open every screen by its key; return on which of them hostile words stood."""
    app = pilot.app
    assert isinstance(app, ConsoleApp)
    seen: dict[str, bool] = {}
    await _until(pilot, lambda: app.controller.connection.live)
    await app.controller.open("c-dana")
    await _until(pilot, lambda: app.controller.conversation is not None)
    await pilot.press("escape")
    for part in PARTS:
        seen[part] = await _until(pilot, lambda name=part: MARK in words_of(app, name))
    app.announce(HOSTILE, "error")
    seen["toast"] = await _until(pilot, lambda: painted(app).count(MARK) > 0 and bool(app.screen.query("Toast")))
    for name, key in SCREENS.items():
        for one in key.split(","):
            await pilot.press(one)
            await pilot.pause()
        opened = await _until(pilot, lambda: app.screen is not app.main)
        if opened and name == "look-up":
            await pilot.press(*"boots", "enter")
        seen[name] = opened and await _until(pilot, lambda: MARK in words_of(app, "#frame"))
        app.close_all()
        await _until(pilot, lambda: app.screen is app.main)
    return seen


def words_of(app: ConsoleApp, part: str) -> str:
    """Return what stands where a part of the main screen is."""
    lines = painted(app).split("\n")
    places = [widget.region for widget in app.screen.query(part)]
    return "\n".join(line[at.x : at.right] for at in places for line in lines[at.y : at.bottom])


def main() -> None:
    """Run the console on this terminal until the walk is over."""
    desk = poisoned_desk()
    app = ConsoleApp(desk.connect, open_desk=desk.open)
    seen: dict[str, bool] = {}

    async def pilot(driver: Pilot[int]) -> None:
        try:
            seen.update(await walk(driver))
        except Exception as error:  # the test shows what it was
            seen[repr(error)] = False
        app.exit(0)

    app.run(auto_pilot=pilot)
    Path(sys.argv[1]).write_text(json.dumps(seen), encoding="utf-8")


if __name__ == "__main__":
    main()
