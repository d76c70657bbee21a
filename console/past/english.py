"""Common English words that are nobody's name, from the list beside this file."""

from functools import cache
from importlib.resources import files


@cache
def english() -> frozenset[str]:
    """Return the words, in lower case, with straight apostrophes."""
    lines = files(__package__).joinpath("english.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
