"""Plants that the author of a scenario wrote, as they are read from its file."""

from datetime import date
from pathlib import Path

import pytest

from console import demo
from console.content.customers import load_customers
from console.content.errors import ContentError
from console.content.practice import read_scenario
from console.conversation.practice_events import PlantKind
from console.practice.scenario import Plant

TODAY = date(2026, 3, 2)
COMPANY = Path(demo.__file__).parent / "content"
SAID = 'text = "It comes on {date:3}."\nkind = "fact"\nwhy = "Nobody knows."\n'


def read(folder: Path, plant: str) -> tuple[Plant, ...]:
    """Read the demo's scenario with this plant added."""
    path = folder / "boots.toml"
    scenario = (COMPANY / "practice/boots-before-the-ridge.toml").read_text(encoding="utf-8")
    path.write_text(f"{scenario}\n[[plant]]\n{plant}", encoding="utf-8")
    return read_scenario(path, load_customers(COMPANY / "customers.jsonl", TODAY), TODAY).plants


def test_a_plant_is_read_with_the_days_of_today(tmp_path: Path) -> None:
    """At a turn, or at words."""
    assert read(tmp_path, f"{SAID}turn = 0\nwords = '{{date:3}}'") == (
        Plant("It comes on 5 March.", PlantKind.FACT, "Nobody knows.", words="5 March", turn=0),
    )
    assert read(tmp_path, f"{SAID}when = ['ridge']")[0].when == ("ridge",)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ("", "needs 'turn' or 'when'"),
        ("turn = 1\nwhen = ['ridge']", "and not both"),
        ("turn = 1\nwords = 'Saturday'", "do not stand in the plant"),
        ("turn = -1", "turn"),
        ("turn = 1\ncolour = 'red'", "colour"),
    ],
)
def test_a_plant_that_contradicts_itself_is_refused(tmp_path: Path, more: str, why: str) -> None:
    """With the file and what is wrong with it."""
    with pytest.raises(ContentError, match=why) as refused:
        read(tmp_path, f"{SAID}{more}")
    assert "boots.toml" in str(refused.value)
