"""Pictures of the console; look at them with your own eyes before accepting a change."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from console.conversation import events as e
from console.terminal import link
from console.terminal.widgets.inbox import Inbox
from console.terminal.widgets.lines import Lines
from tests.terminal.fake_desk import START
from tests.terminal.harness import (
    LARGE,
    SMALL,
    Console,
    app_of,
    console,
    followed,
    live,
    open_conversation,
    steady,
    wait_until,
)
from tests.terminal.picture_scenes import (
    Scene,
    advised,
    being_drafted,
    claiming,
    drafted,
    harmed,
    hidden,
    lost,
    nothing,
    pressed,
    put_right,
    putting_right,
    rewriting,
    rewritten,
    taken,
    warned,
    with_draft,
)
from tests.terminal.scenes import full_desk


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Inbox, "clock", staticmethod(lambda: START + timedelta(minutes=9)))
    monkeypatch.setattr(link, "pause", lambda failures: 3.4)


PICTURES: list[tuple[str, tuple[int, int], bool, str, Scene]] = [
    ("main", SMALL, False, "c-dana", nothing),
    ("main", SMALL, True, "c-dana", nothing),
    ("main", LARGE, False, "c-dana", nothing),
    ("main", LARGE, True, "c-dana", nothing),
    ("nothing open", SMALL, False, "", nothing),
    ("inbox", SMALL, False, "c-dana", pressed("f2")),
    ("assist", SMALL, False, "c-dana", pressed("f3")),
    ("advised", SMALL, False, "c-dana", advised("f3")),
    ("advised", LARGE, False, "c-dana", advised()),
    ("do it first", SMALL, False, "c-dana", claiming()),
    ("do it first taken", SMALL, False, "c-dana", claiming("alt+1")),
    ("do it first taken", LARGE, True, "c-dana", claiming("alt+1")),
    ("taken and overtaken", SMALL, False, "c-dana", taken),
    ("taken and overtaken", LARGE, False, "c-dana", taken),
    ("flags on the draft", SMALL, False, "c-dana", drafted("I refund £350, it comes by Friday.")),
    ("warning", SMALL, False, "c-dana", drafted("It comes by Friday.", "ctrl+s")),
    ("blocked", SMALL, True, "c-dana", drafted("I refund £350.", "ctrl+s")),
    ("search", SMALL, False, "c-dana", pressed("alt+k", *"lost")),
    ("search", LARGE, True, "c-dana", pressed("alt+k", *"lost")),
    ("source", SMALL, False, "c-dana", pressed("alt+s")),
    ("source", LARGE, True, "c-dana", pressed("alt+s")),
    ("rating", SMALL, False, "c-dana", pressed("alt+m", "4")),
    ("closing", SMALL, False, "c-dana", pressed("alt+x")),
    ("note", SMALL, True, "c-dana", pressed("alt+n")),
    ("record", SMALL, False, "c-dana", pressed("alt+i")),
    ("help", SMALL, False, "c-dana", pressed("f1")),
    ("corrected summary", SMALL, False, "c-dana", put_right),
    ("corrected summary", LARGE, True, "c-dana", put_right),
    ("correcting", SMALL, False, "c-dana", putting_right),
    ("correcting", LARGE, False, "c-dana", putting_right),
    ("hidden", SMALL, False, "c-dana", hidden()),
    ("hidden assist", SMALL, True, "c-dana", hidden("f3")),
    ("hidden", LARGE, False, "c-dana", hidden()),
    ("warned", SMALL, False, "c-dana", warned()),
    ("warned assist", SMALL, False, "c-dana", warned("f3")),
    ("warned inbox", SMALL, False, "c-dana", warned("f2")),
    ("warned", LARGE, True, "c-dana", warned()),
    ("harmed assist", SMALL, False, "c-dana", harmed("f3")),
    ("harmed search", SMALL, False, "c-dana", harmed("alt+k", *"lost")),
    ("human only", SMALL, False, "c-hugo", nothing),
    ("human only", LARGE, False, "c-hugo", nothing),
    ("not english", SMALL, False, "c-lena", nothing),
    ("not english", LARGE, True, "c-lena", nothing),
    ("rewriting", SMALL, False, "c-dana", rewriting),
    ("rewritten", SMALL, False, "c-dana", rewritten),
    ("rewritten", LARGE, True, "c-dana", rewritten),
    ("being drafted", SMALL, False, "c-dana", being_drafted),
    ("being drafted", LARGE, False, "c-dana", being_drafted),
    ("with draft", LARGE, False, "c-dana", with_draft),
    ("reconnecting", SMALL, False, "c-dana", lost),
    ("reconnecting", LARGE, False, "c-dana", lost),
]


def _name(picture: tuple[str, tuple[int, int], bool, str, Scene]) -> str:
    return f"{picture[0]} {picture[1][0]}x{picture[1][1]} {'light' if picture[2] else 'dark'}".replace(" ", "-")


@pytest.mark.parametrize("picture", PICTURES, ids=_name)
def test_the_screen_looks_as_it_did(
    picture: tuple[str, tuple[int, int], bool, str, Scene], snap_compare: Callable[..., bool]
) -> None:
    """A change of the look is seen."""
    _, size, light, opened, scene = picture
    desk = full_desk()
    if not opened:  # a console opens on the agent's own conversation
        desk.append("c-dana", e.ConversationReleased(parked=False), "agent:robin")

    async def before(pilot: Console) -> None:
        await live(pilot)
        if light:
            app_of(pilot).toggle_theme()
        if opened:
            await open_conversation(pilot, opened)
            await wait_until(pilot, lambda: app_of(pilot).main.query_one(Lines).window)
            await wait_until(pilot, lambda: followed(pilot, opened))
        steady(pilot)
        await scene(pilot, desk)
        steady(pilot)
        await pilot.pause()

    assert snap_compare(console(desk), terminal_size=size, run_before=before)
