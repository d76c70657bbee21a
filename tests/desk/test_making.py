"""Practice scenarios that are drafted and checked on a desk with its own engine."""

from datetime import date
from pathlib import Path

import pytest

import console.demo
from console.content.customers import load_customers
from console.content.practice import scenario_of
from console.conversation.people import Agent, Role
from console.conversation.scenario_drafts import DecideScenario
from console.desk.desk import Desk
from console.desk.errors import Refused
from console.practice.scenario import UNWRITTEN
from console.server.behaviour_shelf import BehaviourFolderShelf
from console.server.engines import build_engine
from console.server.making import Making
from console.settings import Settings
from console.terminal.widgets.scenario_faces import verdict
from console.workspace import Workspace
from knowledge import Embedder

DEMO = Path(console.demo.__file__).parent / "content"
MAT = (DEMO / "practice" / "mat-that-sighs.toml").read_text("utf-8")
TILDA = Agent("tilda", "Tilda Marrow", Role.TRAINER)


@pytest.fixture
def making(desk: Desk, tmp_path: Path, embedder: Embedder) -> Making:
    """What makes scenarios for a desk that has the demo's customers."""
    workspace = Workspace(tmp_path)
    workspace.content.mkdir()
    (workspace.content / "customers.jsonl").write_bytes((DEMO / "customers.jsonl").read_bytes())
    made = Making(desk, workspace.content, BehaviourFolderShelf(workspace.content / "practice", "scenario"))
    made.equip(build_engine(workspace, Settings(), embedder))
    return made


async def test_a_draft_may_be_of_a_customer_of_the_content(making: Making) -> None:
    """As the file may that it becomes."""
    draft = await making.drafts.begin(TILDA, "mat-1a2b", MAT, "c1", ())
    assert (await making.drafts.checked(draft.id)).playable


async def test_what_is_wrong_with_a_draft_is_told_in_lines(making: Making) -> None:
    """All of it at once, with the line to go to; it is not played."""
    text = MAT.replace('"easy"', '"simple"').replace("patience = 0.7", "patience = 7")
    draft = await making.drafts.begin(TILDA, "mat-1a2b", text, "c1", ())
    found = await making.drafts.checked(draft.id)
    assert found.problem.split("\n") == [
        "mat-1a2b.toml:3: 'difficulty' has to be one of easy, medium, hard, and is “simple”",
        "mat-1a2b.toml:18: 'persona.patience' has to be at most 1, and is 7",
    ]
    assert (found.won, found.resolutions) == (False, ())


async def test_a_drill_of_passing_on_can_be_approved(making: Making) -> None:
    """What is done is not played through: that is said, and is no fault."""
    text = (DEMO / "practice" / "one-of-yours.toml").read_text("utf-8")
    draft = await making.drafts.begin(TILDA, "one-1a2b", text, "c1", ())
    found = await making.drafts.checked(draft.id)
    assert found.playable
    assert found.why.startswith("it is won by what is done, which is not played through")
    assert verdict(found).plain.startswith("✓ Played through: a poor agent loses it; it is won by what is done")
    assert (await making.drafts.approve(TILDA, draft.id, DecideScenario(draft.seq))).file == "one-1a2b.toml"


async def test_a_draft_that_does_not_say_what_it_teaches_is_not_approved(making: Making, tmp_path: Path) -> None:
    """One clear line says what is left to write; a file that says it all the same shows it to no agent."""
    text = MAT.replace('notes = """', 'notes = """Say here what it teaches. ')
    assert UNWRITTEN in text
    draft = await making.drafts.begin(TILDA, "mat-1a2b", text, "c1", ())
    found = await making.drafts.checked(draft.id)
    assert found.playable
    assert verdict(found).plain.endswith(
        "Before you approve it, write what it teaches, in place of “Say here what it teaches.”."
    )
    with pytest.raises(Refused, match="cannot be approved yet: write what it teaches, in place of"):
        await making.drafts.approve(TILDA, draft.id, DecideScenario(draft.seq))
    assert not (tmp_path / "content" / "practice" / "mat-1a2b.toml").exists()
    customers = load_customers(DEMO / "customers.jsonl", date(2026, 3, 20))
    assert UNWRITTEN not in scenario_of(text, Path("mat.toml"), customers, date(2026, 3, 20)).notes
