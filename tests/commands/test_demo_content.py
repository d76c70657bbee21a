"""The demo's content is brought up to date, and what a lead changed or published in it stays."""

from pathlib import Path

from console.commands.init import prepare
from console.workspace import Workspace

BEHAVIOUR = "behaviours/invoice-copy.toml"


def test_what_a_lead_changed_stays_at_the_next_start(tmp_path: Path) -> None:
    """A threshold put in force and an article published; a file that went missing is there again."""
    demo = Workspace(tmp_path / "demo")
    prepare(demo, demo=True)
    changed, mine = demo.content / BEHAVIOUR, demo.content / "articles" / "rental.md"
    text = changed.read_text(encoding="utf-8").replace("after = 5", "after = 2")
    changed.write_text(text, encoding="utf-8")
    mine.write_text("# Rental\nBoth shops rent gear out.\n", encoding="utf-8")
    gone = next(iter((demo.content / "macros").rglob("*.toml")))
    gone.unlink()
    prepare(demo, demo=True)
    assert "after = 2" in changed.read_text(encoding="utf-8")
    assert mine.exists()
    assert gone.exists()


def test_what_nobody_changed_is_renewed_and_what_is_no_more_goes(tmp_path: Path) -> None:
    """As with the content of an earlier version, of which it is not known what was brought."""
    demo = Workspace(tmp_path / "demo")
    prepare(demo, demo=True)
    (demo.root / "demo-content.json").unlink()
    changed, old = demo.content / BEHAVIOUR, demo.content / "articles" / "of-before.md"
    changed.write_text("", encoding="utf-8")
    old.write_text("# Before\n", encoding="utf-8")
    prepare(demo, demo=True)
    assert "after = 5" in changed.read_text(encoding="utf-8")
    assert not old.exists()
