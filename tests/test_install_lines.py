"""How far an installation has come, in lines a person reads."""

import pytest

from tools.install import shown


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Collecting numpy==2.3.4 (from -c constraints.txt (line 55))\n", "    7 numpy==2.3.4"),
        ("  Downloading torch-2.9.1-cp311-manylinux_2_28_x86_64.whl (899.7 MB)\n", "      downloading 899.7 MB …"),
        ("  Downloading x-1.whl (1.2 GB)\n", "      downloading 1.2 GB …"),
        ("  Downloading rich-14.2.0-py3-none-any.whl (243 kB)\n", ""),
        ("Requirement already satisfied: pip in .venv\n", ""),
        ("WARNING: lxml 6.1.3 does not provide the extra 'html_clean'\n", ""),
        ("ERROR: No matching distribution found for x\n", "ERROR: No matching distribution found for x"),
        ("\n", ""),
    ],
)
def test_a_line_of_pips_is_shown_where_it_says_how_far_it_is(line: str, words: str) -> None:
    """Packages, large downloads and complaints; nothing of the rest."""
    assert shown(line, 7) == words


def test_unpacking_says_how_much_there_is_of_it() -> None:
    """It takes longest and says nothing itself."""
    assert shown("Installing collected packages: a, b, c\n", 3).startswith("  unpacking 3 packages")
