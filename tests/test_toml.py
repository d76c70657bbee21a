"""TOML files are read strictly, and faults are placed to the line."""

import re
from pathlib import Path

import pytest
from pydantic import Field

from console.toml import Strict, TomlError, locate, parse_toml, read_toml


class Leaf(Strict):
    """An inner table."""

    colour: str = ""
    size: int = Field(default=1, alias="is")


class Branch(Strict):
    """A table in a list."""

    leaf: tuple[Leaf, ...] = ()
    name: str


class Tree(Strict):
    """A file."""

    branch: tuple[Branch, ...] = ()
    trunk: Leaf = Leaf()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[[branch]]\nname='a'\n[[branch]]\nnaem='b'\n",
            "tree.toml:4: unknown key 'branch.naem'; did you mean 'name'?",
        ),
        ("[[branch]]\nname='a'\nnmae='b'\n", "tree.toml:3: unknown key 'branch.nmae'; did you mean 'name'?"),
        (
            "[[branch]]\nname='a'\n[[branch.leaf]]\ncolour='x'\n[[branch.leaf]]\ncolor='x'\n",
            "tree.toml:6: unknown key 'branch.leaf.color'; did you mean 'colour'?",
        ),
        (
            "[[branch]]\nname='a'\n[[branch.leaf]]\n[[branch]]\nname='b'\n[[branch.leaf]]\ncolour=1\n",
            "tree.toml:7: 'branch.leaf.colour' has to be text: put it in quotation marks; it is 1",
        ),
        (
            "[trunk]\nis='big'\n",
            "tree.toml:2: 'trunk.is' has to be a whole number, such as 2, without quotation marks; it is “big”",
        ),
        ("trunk.colour=1\n", "tree.toml:1: 'trunk.colour' has to be text: put it in quotation marks"),
        ("[[branch]]\n", "tree.toml:1: the key 'branch.name' is missing"),
    ],
)
def test_a_fault_is_said_with_its_line(text: str, said: str) -> None:
    """Also in lists of tables within lists of tables."""
    with pytest.raises(TomlError) as caught:
        parse_toml(text, Tree, "tree.toml")
    assert str(caught.value).startswith(said)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    """Some editors write one."""
    file = tmp_path / "tree.toml"
    file.write_bytes(b"\xef\xbb\xbf[trunk]\nis = 4\n")
    assert read_toml(file, Tree).trunk.size == 4


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """With the system's reason."""
    with pytest.raises(TomlError, match=r"none\.toml: cannot be read \(No such file"):
        read_toml(tmp_path / "none.toml", Tree)


def test_a_place_is_found_by_its_table_where_the_key_is_not_there() -> None:
    """The nearest table is the best line to name."""
    text = "a = 1\n[t]\nb = 2\n[t.u]\nc = 3\n"
    assert locate(text, ["t", "u", "missing"]) == 4
    assert locate(text, ["t", "b"]) == 3
    assert locate(text, ["nowhere"]) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x=" + "9" * 5000, "a number is too long"),
        ("x=" + "[" * 3000 + "]" * 3000, "nested too deeply"),
        ("[" + ".".join("a" * 20_000) + "]\nx=1", "longer than 400 characters"),
        ("x = 1\n" + "a." * 300 + "b = 1", ":2: the name of a table or key is longer"),
    ],
    ids=["a long number", "deep lists", "a long table", "a long key"],
)
def test_a_file_made_to_be_hard_is_refused_in_a_line(text: str, said: str) -> None:
    with pytest.raises(TomlError, match=re.escape(said)):
        parse_toml(text, Strict, "a.toml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'a = 1\ntext = "a "mat" that sighs"\n',
            "a.toml:2: cannot be read here: the text ends at its second",
        ),
        ('title = "The mat\ntier = 1\n', "a.toml:1: cannot be read here: the quotation mark at the end of the text"),
        ("patience = 0,7\n", "a.toml:1: cannot be read here: a number is written with a point, not with a comma"),
        ('begins = ["Hello"\ntier = 1\n', "a.toml:2: cannot be read here: a list that is begun here or above is not"),
        ("tier = 1\ntier = 2\n", "a.toml:2: cannot be read here: what this line sets is set above already"),
        ("[t]\na = 1\n[t]\n", "a.toml:3: cannot be read here: this heading stands above already"),
        ("This is a remark\n", "a.toml:1: cannot be read here: this line sets nothing"),
        ("told = first\n", "a.toml:1: cannot be read here: behind the = stands no value"),
        ('a = "C:\\d"\n', "a.toml:1: cannot be read here: a backslash in a text is written twice"),
        ("a = 1 b = 2\n", "a.toml:1: cannot be read here: something stands behind the value"),
        ('a = """x\n', "cannot be read here: the quotation marks at the end of a text are missing"),
    ],
)
def test_what_is_no_toml_is_said_in_the_words_of_who_writes_it(text: str, said: str) -> None:
    """What is wrong with the line, and how it is right; nothing of the parser."""
    with pytest.raises(TomlError) as caught:
        parse_toml(text, Strict, "a.toml")
    assert said in str(caught.value)
    assert "column" not in str(caught.value)


def test_one_table_where_several_may_stand_is_told_its_brackets() -> None:
    """And a table of another name its line."""
    with pytest.raises(TomlError, match=r"tree.toml:1: 'branch' may stand several times: write its heading with two"):
        parse_toml("[branch]\nname = 'a'\n", Tree, "tree.toml")
    with pytest.raises(TomlError, match=r"tree.toml:2: unknown key 'brunch'; did you mean 'branch'"):
        parse_toml("\n[[brunch]]\nname = 'a'\n", Tree, "tree.toml")
