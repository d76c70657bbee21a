"""What the doctor says of the content."""

from pathlib import Path

from console.commands.doctor import Mark, findings
from console.workspace import Workspace


def test_the_doctor_names_a_fault_of_the_content_and_what_only_looks_like_one(tmp_path: Path) -> None:
    """In one line each, with how many more there are."""
    folder = tmp_path / "content" / "behaviours"
    folder.mkdir(parents=True)
    rule = 'title = "x"\nlayer = "assisted"\ntier = {}\n[triggers]\n'
    (folder / "a.toml").write_text(rule.format(9), encoding="utf-8")
    (folder / "b.toml").write_text(rule.format(8), encoding="utf-8")
    found = {f.subject: f for f in findings(Workspace(tmp_path), None)}["content"]
    assert found.mark is Mark.FAIL
    assert "a.toml:3: 'tier'" in found.said
    assert "(and 1 more" in found.said
    for name in "ab":
        (folder / f"{name}.toml").write_text(rule.format(1), encoding="utf-8")
    doubted = {f.subject: f for f in findings(Workspace(tmp_path), None)}["content"]
    assert doubted.mark is Mark.WARN
    assert "a.toml:4: no pattern, example or policy finds it" in doubted.said
