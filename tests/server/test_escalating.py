"""The review of escalations on a running desk: judged, replayed, and a threshold changed, published and taken back."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from console.content.loader import load_library
from console.conversation import events as e
from console.conversation.escalation_commands import ChangeThreshold, JudgeEscalation, Threshold
from console.conversation.escalation_events import ThresholdChanged, ThresholdRestored
from console.conversation.escalations import Part, Timing
from console.conversation.review_events import ChangeMarked, ChangeUnmarked
from console.desk.desk import Desk
from console.desk.errors import NotFound, Refused, Taken
from console.server.behaviour_files import BehaviourFolder
from console.server.escalating import Escalating
from console.server.following import Following
from console.store import open_log
from tests.desks import MARTA, Chair, Clock, events_of
from tests.review.escalating.talks import late

RULE = """title = "Copy of an invoice"
layer = "autonomous"
tier = 1
stakes = "low"
say = "A colleague will find it."

[triggers]
examples = ["can I have a copy of my invoice"]

[[handover]]
when = "unresolved"
after = 5
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder with one behaviour."""
    file = tmp_path / "content" / "behaviours" / "invoice-copy.toml"
    file.parent.mkdir(parents=True)
    file.write_text(RULE, encoding="utf-8")
    return tmp_path / "content"


async def started(folder: Path, content: Path, clock: Clock) -> tuple[Desk, Escalating]:
    """Return a desk at which the bot has kept fourteen customers for three turns too long."""
    desk = Desk(open_log(folder, folder / "keys"), Chair(), behaviours=BehaviourFolder(content), now=clock)
    await desk.start({})
    for number in range(14):
        at = clock() - timedelta(days=1, minutes=number)
        await desk.live.record([e.NewEvent(f"c{number}", "bot", data, at) for data in late(3)])
    return desk, Escalating(Following(desk.live, desk.now), desk.live, desk.escalations)


async def test_a_threshold_is_chosen_by_replay_changed_marked_and_taken_back(
    tmp_path: Path, content: Path, clock: Clock
) -> None:
    """The file is as it was afterwards, to the letter, and so are the marks."""
    desk, escalating = await started(tmp_path, content, clock)
    assert (await escalating.trials(9, "invoice-copy", wait=0)).progress
    tried = await escalating.trials(9, "invoice-copy")
    assert (tried.now, tried.tried, tried.undo) == (Threshold(5, mood=False), 14, "")
    assert tried.proposed == Threshold(2, mood=False)
    best = tried.trials[0]
    assert (best.earlier, best.late_before, best.late_after, best.turns_saved) == (14, 14, 0, 3.0)
    assert best.moved[0].before == "m11"
    assert best.moved[0].after == "m5"
    assert "+after = 2" in best.diff
    done = await desk.escalations.change(MARTA, ChangeThreshold("invoice-copy", best.threshold, tried.digest))
    file = content / "behaviours" / "invoice-copy.toml"
    assert file.read_text(encoding="utf-8") == RULE.replace("after = 5", "after = 2")
    assert load_library(content).behaviour("invoice-copy") is not None
    (mark,) = await events_of(desk, ChangeMarked)
    assert mark.data.words.startswith("Behaviour invoice-copy: hands over after 2 turns without progress instead of")
    again = await escalating.trials(9, "invoice-copy")
    assert (again.now, again.proposed, again.undo) == (Threshold(2, mood=False), None, done.change)
    await desk.escalations.restore(MARTA, done.change)
    assert file.read_text(encoding="utf-8") == RULE
    assert [type(event.data) for event in await desk.live.history(e.WORKSPACE)][-4:] == [
        ThresholdChanged,
        ChangeMarked,
        ThresholdRestored,
        ChangeUnmarked,
    ]
    with pytest.raises(NotFound):
        await desk.escalations.restore(MARTA, done.change)
    await desk.stop()


async def test_before_and_after_a_changed_threshold_are_compared_by_its_own_mark(
    tmp_path: Path, content: Path, clock: Clock
) -> None:
    """It is marked by the desk itself; until enough came after it, there is not enough data."""
    desk, escalating = await started(tmp_path, content, clock)
    for number in range(14, 30):
        at = clock() - timedelta(days=2, minutes=number)
        await desk.live.record([e.NewEvent(f"c{number}", "bot", data, at) for data in late(3)])
    _, _, digest = await desk.escalations.read("invoice-copy")
    done = await desk.escalations.change(MARTA, ChangeThreshold("invoice-copy", Threshold(2, mood=False), digest))
    (early,) = (await escalating.look(9)).moved
    assert (early.change, early.before.of, early.after.of, early.verdict) == (done.change, 30, 0, "not enough data yet")
    clock.forward(2 * 24 * 3600)
    for number in range(30, 60):
        at = clock() - timedelta(days=1, minutes=number)
        await desk.live.record([e.NewEvent(f"c{number}", "bot", data, at) for data in late(0)])
    (moved,) = (await escalating.look(9)).moved
    assert (moved.behaviour, moved.words) == ("invoice-copy", done.words)
    assert (moved.before.part, moved.before.of, moved.after.part, moved.after.of) == (30, 30, 0, 30)
    assert moved.verdict.startswith("fell (-100 to ")
    assert (moved.turns_before, moved.turns_after) == (3, None)
    await desk.stop()


async def test_one_that_is_taken_back_later_is_a_change_of_its_own(tmp_path: Path, content: Path, clock: Clock) -> None:
    """What came between was under the other rule."""
    desk, _ = await started(tmp_path, content, clock)
    _, _, digest = await desk.escalations.read("invoice-copy")
    done = await desk.escalations.change(MARTA, ChangeThreshold("invoice-copy", Threshold(2, mood=True), digest))
    clock.forward(3 * 24 * 3600)
    await desk.escalations.restore(MARTA, done.change)
    assert [event.data.words for event in await events_of(desk, ChangeMarked)] == [
        done.words,
        "Behaviour invoice-copy: hands over after 5 turns without progress again",
    ]
    assert await events_of(desk, ChangeUnmarked) == []
    await desk.stop()


async def test_what_cannot_be_put_in_force_is_refused_and_nothing_is_written(
    tmp_path: Path, content: Path, clock: Clock
) -> None:
    """Nonsense, a file that was changed or deleted meanwhile, content that cannot be judged by."""
    desk, escalating = await started(tmp_path, content, clock)
    file = content / "behaviours" / "invoice-copy.toml"
    _, _, digest = await desk.escalations.read("invoice-copy")
    for after in (0, -3, 10, 10**20, None):
        with pytest.raises(Refused):
            await desk.escalations.change(MARTA, ChangeThreshold("invoice-copy", Threshold(after, mood=False), digest))
    with pytest.raises(Refused, match="already"):
        await desk.escalations.change(MARTA, ChangeThreshold("invoice-copy", Threshold(5, mood=False), digest))
    with pytest.raises(Taken, match="meanwhile"):
        await desk.escalations.change(MARTA, ChangeThreshold("invoice-copy", Threshold(2, mood=False), "0"))
    done = await desk.escalations.change(MARTA, ChangeThreshold("invoice-copy", Threshold(2, mood=False), digest))
    file.write_text(RULE.replace("Copy", "Copies"), encoding="utf-8")
    assert (await escalating.trials(9, "invoice-copy")).undo == ""
    with pytest.raises(Taken, match="by hand"):
        await desk.escalations.restore(MARTA, done.change)
    (content / "behaviours" / "broken.toml").write_text("title = ", encoding="utf-8")
    _, _, digest = await desk.escalations.read("invoice-copy")
    with pytest.raises(Refused, match=r"broken\.toml"):
        await desk.escalations.change(MARTA, ChangeThreshold("invoice-copy", Threshold(3, mood=False), digest))
    shutil.rmtree(content / "behaviours")
    with pytest.raises(Refused, match="any more"):
        await desk.escalations.read("invoice-copy")
    gone = await escalating.trials(9, "invoice-copy")
    assert (gone.trials, gone.proposed) == ((), None)
    assert "any more" in gone.why
    await desk.stop()


async def test_a_tiny_sample_proposes_nothing(tmp_path: Path, content: Path, clock: Clock) -> None:
    """The replay is shown all the same."""
    desk = Desk(open_log(tmp_path, tmp_path / "keys"), Chair(), behaviours=BehaviourFolder(content), now=clock)
    await desk.start({})
    at = clock() - timedelta(days=1)
    await desk.live.record([e.NewEvent("c1", "bot", data, at) for data in late(3)])
    escalating = Escalating(Following(desk.live, desk.now), desk.live, desk.escalations)
    tried = await escalating.trials(9, "invoice-copy")
    assert (tried.tried, tried.proposed) == (1, None)
    assert "Not enough data" in tried.why
    await desk.stop()


async def test_a_lead_judges_and_what_is_erased_is_gone(tmp_path: Path, content: Path, clock: Clock) -> None:
    """A judgement against the rule needs its reason; one of what was never judged is refused."""
    desk, escalating = await started(tmp_path, content, clock)
    found = await escalating.look(9)
    pattern = found.of(Part.BEHAVIOUR, "invoice-copy")
    assert pattern is not None
    assert pattern.count(Timing.LATE) == 14
    (first, *_) = (await escalating.cases(9, Part.BEHAVIOUR, "invoice-copy", Timing.LATE)).cases
    assert (first.conversation, first.due, first.turns) == ("c0", "m5", 3)
    rule = await escalating.by_rule(9, "c0")
    assert (await escalating.trials(9, "invoice-copy")).trials[0].late_before == 14
    with pytest.raises(Refused, match="why"):
        await desk.escalations.judge(MARTA, JudgeEscalation("c0", Timing.RIGHT), rule)
    await desk.escalations.judge(MARTA, JudgeEscalation("c0", Timing.RIGHT, "they wanted it so"), rule)
    with pytest.raises(NotFound):
        await escalating.by_rule(9, "c-none")
    (judged,) = (await escalating.cases(9, Part.ALL, "", Timing.RIGHT)).cases
    assert (judged.judged_by, judged.by_rule) == (MARTA.name, Timing.LATE)
    assert (await escalating.trials(9, "invoice-copy")).trials[0].late_before == 13, "it counts there, too, and at once"
    await desk.erasure.erase(MARTA, "u-1")
    assert (await escalating.look(9)).patterns[0].of == 0
    await desk.stop()
