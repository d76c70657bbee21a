"""How much a file of content may hold."""

from pathlib import Path

from console.content.loader import load_library
from console.content.measure import MOST_EXAMPLES
from tests.content.test_odd_files import PLAIN, folder, said

__all__ = ["folder"]


def listed(count: int, word: str = "say") -> str:
    """Return so many examples, each of its own."""
    return ", ".join(f'"{word} it {number} times"' for number in range(count))


def test_a_file_may_have_so_many_examples_and_no_more(folder: Path) -> None:
    """One more is named with its line, long before it could keep the desk from starting."""
    many = folder / "many.toml"
    many.write_text(f"{PLAIN}examples = [{listed(MOST_EXAMPLES)}]\n", encoding="utf-8")
    assert load_library(folder.parent).behaviour("many")
    many.write_text(f"{PLAIN}examples = [{listed(MOST_EXAMPLES + 1)}]\n", encoding="utf-8")
    assert f"many.toml:5: {MOST_EXAMPLES + 1} examples in this file; at most {MOST_EXAMPLES}: keep" in said(folder)
    many.write_text(f"{PLAIN}examples = [{listed(60_000)}]\n", encoding="utf-8")
    assert "many.toml:5: 60000 examples in this file" in said(folder)


def test_examples_are_counted_in_all_tables_of_a_file(folder: Path) -> None:
    """The line is that of the table that goes too far."""
    tool = '[[tool]]\nname = "look{0}"\nkind = "look-up"\ntitle = "L"\nsay = ["x"]\nexamples = [{1}]\n'
    tables = "".join(tool.format(place, listed(200, f"look {place}")) for place in range(3))
    (folder / "many.toml").write_text(f"{PLAIN}{tables}", encoding="utf-8")
    assert "many.toml:22: 600 examples in this file" in said(folder)
    (folder / "many.toml").unlink()
    (folder.parent / "macros").mkdir()
    macro = '[[macro]]\nid = "m"\ntitle = "M"\ntext = "x"\nsituations = [{0}]\n'
    (folder.parent / "macros/many.toml").write_text(macro.format(listed(501)), encoding="utf-8")
    assert "many.toml:5: 501 examples in this file" in said(folder)
