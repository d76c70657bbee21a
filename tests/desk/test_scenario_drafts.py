"""Draft practice scenarios on a desk: nobody overwrites another, none is played unapproved, erased with a customer."""

from pathlib import Path

import pytest

from console.conversation.behaviour_draft_events import BehaviourDrafted
from console.conversation.draft_events import ArticleDrafted
from console.conversation.drafts import DraftStatus
from console.conversation.events import WORKSPACE, EventData, NewEvent
from console.conversation.message import DraftLine
from console.conversation.people import Agent, Role
from console.conversation.scenario_draft_events import Marked, ScenarioDrafted, ScenarioEdited
from console.conversation.scenario_drafts import DecideScenario, EditScenario, ScenarioCheck, ScenarioDraft
from console.desk.desk import Desk
from console.desk.errors import NotFound, Refused, Taken
from console.desk.log import LogErased
from console.desk.scenario_drafts import ScenarioDraftDesk
from console.server.behaviour_shelf import BehaviourFolderShelf
from console.store import SqlEventLog
from tests.desks import DANA, arrive

TILDA = Agent("tilda", "Tilda Marrow", Role.TRAINER)
BRAM = Agent("bram", "Bram Oakes", Role.TRAINER)


def check(scenario: str, text: str) -> ScenarioCheck:
    """Play through what says that it is good."""
    return (
        ScenarioCheck(won=True, lost=True) if "good" in text else ScenarioCheck(f"{scenario}.toml:3: no [[resolution]]")
    )


@pytest.fixture
def drafts(desk: Desk, tmp_path: Path) -> ScenarioDraftDesk:
    """The drafts of a desk."""
    return ScenarioDraftDesk(desk.live, check, BehaviourFolderShelf(tmp_path / "practice", "scenario"), desk.now)


async def begun(drafts: ScenarioDraftDesk, text: str = "good") -> ScenarioDraft:
    """Keep a draft of conversation c1."""
    return await drafts.begin(TILDA, "late-1a2b", text, "c1", (Marked("Wrenna", "NAME"),))


async def test_it_is_played_only_once_a_trainer_approved_it(drafts: ScenarioDraftDesk, tmp_path: Path) -> None:
    """Before there is no file; after there is, and the decision stands."""
    made = await begun(drafts)
    assert not (tmp_path / "practice").exists()
    done = await drafts.approve(BRAM, made.id, DecideScenario(made.seq))
    assert (done.status, done.decided_by) == (DraftStatus.APPROVED, "Bram Oakes")
    assert (tmp_path / "practice" / "late-1a2b.toml").read_text("utf-8") == "good"
    with pytest.raises(Refused, match="approved already"):
        await drafts.edit(TILDA, made.id, EditScenario("better", done.seq))


async def test_one_that_cannot_be_played_is_not_approved(drafts: ScenarioDraftDesk) -> None:
    """It says where it fails; an edit mends it."""
    made = await begun(drafts, "poor")
    with pytest.raises(Refused, match=r"late-1a2b\.toml:3: no"):
        await drafts.approve(TILDA, made.id, DecideScenario(made.seq))
    better = await drafts.edit(TILDA, made.id, EditScenario("good", made.seq))
    assert (await drafts.checked(made.id)).playable
    assert (await drafts.approve(TILDA, made.id, DecideScenario(better.seq))).file == "late-1a2b.toml"


async def test_the_second_of_two_who_edit_it_is_told(drafts: ScenarioDraftDesk) -> None:
    """Neither overwrites the other."""
    made = await begun(drafts)
    await drafts.edit(TILDA, made.id, EditScenario("good, by Tilda", made.seq))
    with pytest.raises(Taken, match="changed this draft meanwhile"):
        await drafts.edit(BRAM, made.id, EditScenario("good, by Bram", made.seq))
    with pytest.raises(Taken):
        await drafts.approve(BRAM, made.id, DecideScenario(made.seq))
    kept = await drafts.one(made.id)
    assert (kept.text, kept.changed_by) == ("good, by Tilda", "Tilda Marrow")


async def test_a_rejected_one_can_be_made_anew_and_an_open_one_is_kept(drafts: ScenarioDraftDesk) -> None:
    """A rejection needs a reason."""
    made = await begun(drafts)
    assert await begun(drafts, "good, another") == made
    with pytest.raises(Refused, match="write why"):
        await drafts.reject(TILDA, made.id, DecideScenario(made.seq))
    assert (await drafts.reject(TILDA, made.id, DecideScenario(made.seq, "too easy"))).reason == "too easy"
    again = await begun(drafts, "good, another")
    assert (again.status, again.text) == (DraftStatus.OPEN, "good, another")


async def test_erasing_the_customer_erases_the_draft(
    desk: Desk, drafts: ScenarioDraftDesk, real_log: SqlEventLog
) -> None:
    """The scenario that was approved is listed, to be looked at again."""
    await arrive(desk, "c1", "My boots are late")
    made = await begun(drafts)
    await drafts.approve(TILDA, made.id, DecideScenario(made.seq))
    real_log.erase(DANA.id)
    await desk.live.catch_up()
    with pytest.raises(NotFound):
        await drafts.one(made.id)
    assert (await drafts.all(frozenset({"late-1a2b"}))).again == ("late-1a2b",)
    assert (await drafts.all(frozenset())).again == ()
    assert real_log.verify().whole


@pytest.mark.parametrize(
    "drafted",
    [
        ScenarioDrafted("sc-1", "1", "good", "c1"),
        BehaviourDrafted("b-1", "boots", "", "", ("c9", "c1")),
        ArticleDrafted("d-1", "c9", "Boots", (DraftLine("step", "Look again.", ("m1",), "c1"),)),
    ],
    ids=["scenario", "behaviour", "article"],
)
async def test_what_is_still_being_drafted_when_the_customer_is_erased_is_refused(
    desk: Desk, real_log: SqlEventLog, drafted: EventData
) -> None:
    """Nothing of theirs comes back by it."""
    await arrive(desk, "c1", "My boots are late")
    real_log.erase(DANA.id)
    await desk.live.catch_up()
    with pytest.raises(LogErased):
        await desk.live.record([NewEvent(WORKSPACE, "agent:tilda", drafted, desk.now())])


async def test_a_change_that_was_on_its_way_when_the_draft_was_erased_is_refused(
    desk: Desk, drafts: ScenarioDraftDesk, real_log: SqlEventLog
) -> None:
    """Its text would stay behind; of a draft that is made anew from another conversation it is taken."""
    await arrive(desk, "c1", "My boots are late")
    made = await begun(drafts)
    real_log.erase(DANA.id)
    await desk.live.catch_up()
    edited = NewEvent(WORKSPACE, "agent:tilda", ScenarioEdited(made.id, "good, of Dana"), desk.now())
    with pytest.raises(LogErased, match="was erased"):
        await desk.live.record([edited])
    again = await drafts.begin(TILDA, made.scenario, "good", "c2", ())
    assert (await drafts.edit(TILDA, again.id, EditScenario("good, again", again.seq))).text == "good, again"
