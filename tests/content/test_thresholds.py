"""When a behaviour hands over is changed in its file, and nothing else of the file moves."""

from importlib.resources import files
from pathlib import Path

import pytest

from console.content.shapes import BehaviourFile
from console.content.thresholds import LONGEST, Untunable, changed, difference, file_of, threshold_of
from console.conversation.escalation_commands import MOST_TURNS, Threshold
from console.toml import parse_toml

TEXT = """title = "Hours"  # what colleagues read
layer = "autonomous"
tier = 1

[triggers]
examples = [
    "[[handover]]",
]

[[handover]]
when = "asked-for-person"

[[handover]]  # soon
when = "unresolved"
after = 5   # turns
with = ["summary"]
"""


def test_the_number_of_turns_is_changed_in_its_place() -> None:
    """Comments stay, and what looks like a table within a text is none."""
    new = changed(TEXT, Threshold(2, mood=False))
    assert new == TEXT.replace("after = 5", "after = 2")
    assert threshold_of(new) == Threshold(2, mood=False)
    assert "+after = 2   # turns" in difference(TEXT, new, "hours.toml").splitlines()


def test_the_mood_is_added_and_taken_away() -> None:
    """A table of its own at the end; the others are as they were."""
    named = changed(TEXT, Threshold(5, mood=True))
    assert named.startswith(TEXT)
    assert threshold_of(named) == Threshold(5, mood=True)
    assert changed(named, Threshold(5, mood=False)).rstrip() == TEXT.rstrip()


def test_a_number_is_written_where_there_was_none() -> None:
    """In the table, or in a new one."""
    bare = TEXT.replace("after = 5   # turns\n", "")
    assert threshold_of(bare) == Threshold(None, mood=False)
    assert threshold_of(changed(bare, Threshold(3, mood=False))).after == 3
    none = TEXT.partition("[[handover]]  # soon")[0]
    assert threshold_of(changed(none, Threshold(3, mood=True))) == Threshold(3, mood=True)


@pytest.mark.parametrize("name", [p.name for p in files("console.demo").joinpath("content/behaviours").iterdir()])
def test_every_behaviour_of_the_demo_can_be_changed_and_still_be_read(name: str) -> None:
    """Whatever is in it, and what is read of it is the same but for the threshold."""
    text = files("console.demo").joinpath("content/behaviours", name).read_text(encoding="utf-8")
    before = threshold_of(text)
    new = changed(text, Threshold(3, mood=not before.mood))
    assert threshold_of(new) == Threshold(3, mood=not before.mood)
    was, now = parse_toml(text, BehaviourFile, name), parse_toml(new, BehaviourFile, name)
    assert was.model_copy(update={"handover": ()}) == now.model_copy(update={"handover": ()})


@pytest.mark.parametrize("after", [0, -1, MOST_TURNS + 1, 10**30])
def test_a_number_of_turns_that_is_none_is_refused(after: int) -> None:
    """With what may be said instead."""
    with pytest.raises(Untunable, match=f"1 to {MOST_TURNS}"):
        changed(TEXT, Threshold(after, mood=False))


@pytest.mark.parametrize(
    "text",
    [
        "after = ",
        "handover = 3",
        "[[handover]]\nafter = 2",
        'handover = [{ when = "unresolved", after = 5 }]',
        TEXT + "#" * LONGEST,
        "[" * 10_000,
    ],
)
def test_a_file_that_cannot_be_changed_from_here_is_left_alone(text: str) -> None:
    """And the message says what to do."""
    with pytest.raises(Untunable):
        changed(text, Threshold(2, mood=True))


def test_a_behaviour_that_is_gone_or_twice_there_is_named(tmp_path: Path) -> None:
    """What comes with the product has no file that could be changed."""
    folder = tmp_path / "behaviours"
    folder.mkdir()
    with pytest.raises(Untunable, match="any more"):
        file_of(tmp_path, "hours")
    (folder / "hours.toml").write_text(TEXT)
    assert file_of(tmp_path, "hours") == folder / "hours.toml"
    with pytest.raises(Untunable, match="any more"):
        file_of(tmp_path, "../hours")
    (folder / "more").mkdir()
    (folder / "more" / "hours.toml").write_text(TEXT)
    with pytest.raises(Untunable, match="several"):
        file_of(tmp_path, "hours")
