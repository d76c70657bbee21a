"""docs/behaviours.md teaches what is true: its files load together, and every key stands in it with an example."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from console.content import shapes
from console.content.checks.behaviours import AT_HANDOVER
from console.content.errors import ContentError
from console.content.loader import load_library, reserved_behaviours
from console.content.macros import KNOWN_SLOTS
from console.conversation.handover import HandoverWhen
from console.conversation.message import Layer

PAGE = (Path(__file__).parents[2] / "docs" / "behaviours.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```toml\n(# (behaviours/[\w-]+\.toml)\n.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
FILES = {name: text for text, name in BLOCKS}

KEEP, LABEL = "behaviours/keep-customer.toml", '[[macro]]\nid = "label"\ntitle = "x"\ntext = "y"\nintents = ["{}"]\n'
BROKEN = (
    {"behaviours/return-item.toml": FILES["behaviours/return-item.toml"].replace("skills", "skils")},
    {"behaviours/opening-times.toml": FILES["behaviours/opening-times.toml"].replace('"low"', '"high"')},
    {KEEP: FILES[KEEP] + '\n[[handover]]\nwhen = "topic"\nto = "return-item"\n'},
    {"macros/returns.toml": LABEL.format("return-items")},
)
"""The page's files with the mistakes that its section on checks shows."""


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files by name and return the content folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: next(iter(broken)))
def test_the_faults_it_shows_are_those_that_are_said(tmp_path: Path, broken: dict[str, str]) -> None:
    """Word for word, with the line."""
    with pytest.raises(ContentError) as caught:
        load_library(written(tmp_path, FILES | broken))
    assert str(caught.value).replace(f"{tmp_path}/", "") in PAGE.splitlines()


def test_its_files_load_together_without_a_fault_or_a_doubt(tmp_path: Path) -> None:
    """As they stand, from the smallest to one with everything in it."""
    assert len(FILES) == len(re.findall(r"^```toml$", PAGE, re.MULTILINE)) >= 4
    library = load_library(written(tmp_path, FILES))
    assert library.doubts == ()
    assert {Path(name).stem for name in FILES} <= {behaviour.intent for behaviour in library.behaviours}
    assert {behaviour.layer for behaviour in library.behaviours if not behaviour.built_in} == set(Layer)


def test_every_key_stands_in_an_example() -> None:
    """Also those of the tables, by the names that authors write."""
    tables = (
        shapes.BehaviourFile,
        shapes.TriggersTable,
        shapes.CollectTable,
        shapes.StepTable,
        shapes.HandoverTable,
        shapes.ToolTable,
        shapes.WhenTable,
    )
    keys = {field.alias or name for table in tables for name, field in table.model_fields.items()}
    written = "\n".join(FILES.values())
    missing = {key for key in keys if not re.search(rf"^\[*{key}\b", written, re.MULTILINE)}
    assert missing == set()


def test_every_reason_for_a_handover_and_every_reserved_matter_is_named() -> None:
    """One that is new must be taught."""
    for name in (*HandoverWhen, *(authored.item.intent for authored in reserved_behaviours())):
        assert f"`{name}`" in PAGE


def test_the_slots_that_are_proposed_at_a_handover_are_there() -> None:
    """Else the nearest name would be another mistake."""
    assert all(KNOWN_SLOTS.fullmatch(slot) for slot in AT_HANDOVER)
