"""Everything that is wrong with the content is told in one go, each with file, line and the nearest name."""

from pathlib import Path

import pytest

from console.content.errors import ContentError
from console.content.loader import load_library

GOOD = """title = "Good"
layer = "assisted"
tier = 1
stakes = "low"

[triggers]
examples = ["good morning to you"]
"""
TWO = """titel = "Two"
layer = "assistant"
tier = 1
stakes = "low"
skils = ["returns"]

[triggers]
examples = ["two of them"]
"""


def write(content: Path, **files: str) -> None:
    """Write behaviours, by intent."""
    (content / "behaviours").mkdir(parents=True, exist_ok=True)
    for intent, text in files.items():
        (content / "behaviours" / f"{intent}.toml").write_text(text)


def faults(content: Path) -> list[str]:
    """Return what the loader says, without the folder."""
    with pytest.raises(ContentError) as caught:
        load_library(content)
    return [line.removeprefix(f"{content}/") for line in str(caught.value).splitlines()]


def test_all_that_is_wrong_in_one_file_is_told_at_once(tmp_path: Path) -> None:
    """In the order of the file; a misspelt key is not also told as missing."""
    write(tmp_path, two=TWO)
    assert [fault.split(":")[:2] for fault in faults(tmp_path)] == [["behaviours/two.toml", n] for n in "125"]
    assert "did you mean 'title'?" in faults(tmp_path)[0]
    assert "did you mean 'skills'?" in faults(tmp_path)[2]


def test_what_cannot_be_read_hides_nothing_of_the_rest(tmp_path: Path) -> None:
    """Neither other files' faults nor what contradicts; and what cannot be read is not said to be missing."""
    handing = GOOD + '\n[[handover]]\nwhen = "high-value"\nto = "two"\n'
    autonomous = GOOD.replace("assisted", "autonomous").replace('"low"', '"high"').replace("good", "bad")
    write(tmp_path, two=TWO, handing=handing, autonomous=autonomous)
    (tmp_path / "macros").mkdir()
    (tmp_path / "macros" / "m.toml").write_text("[[macro]]\nid = 'a'\n")
    (tmp_path / "company.toml").write_text("without = ['pres', 'legl-threat']\n")
    told = "\n".join(faults(tmp_path))
    for part in ("two.toml:1", "autonomous.toml:4: high stakes", "macros/m.toml", "'pres'", "'legl-threat'"):
        assert part in told
    assert "names the intent 'two'" not in told


def test_two_unknown_slots_are_both_told(tmp_path: Path) -> None:
    write(tmp_path, steps=GOOD + '\n[[step]]\ntitle = "A"\nsay = "{ordr.number} and {custmer.name}"\n')
    assert len(faults(tmp_path)) == 2


def test_an_article_that_is_not_there_is_told_with_line_and_nearest(tmp_path: Path) -> None:
    """It stops nothing: articles come from elsewhere, too; where the content has none, nobody can tell."""
    named = 'articles = ["delivery/lost.md", "delivery/*.md", "delivery/loost.md", "https://help.example/a"]\n'
    write(tmp_path, bot=GOOD.replace("\n\n", f"\n{named}\n", 1).replace("assisted", "autonomous"))
    assert not any("articles" in doubt for doubt in load_library(tmp_path).doubts)
    (tmp_path / "articles" / "delivery").mkdir(parents=True)
    (tmp_path / "articles" / "delivery" / "lost.md").write_text("# Lost\n")
    (doubt,) = [doubt for doubt in load_library(tmp_path).doubts if "articles" in doubt]
    assert doubt.endswith(
        "behaviours/bot.toml:5: 'articles' names 'delivery/loost.md', which no article of the content is; "
        "did you mean 'delivery/lost.md'?"
    )
