"""When a behaviour hands over, read from its file and written into it: nothing else of the text moves."""

import re
import tomllib
from collections.abc import Iterator
from difflib import unified_diff
from itertools import pairwise
from pathlib import Path
from typing import Final

from console.content.files import toml_files
from console.conversation.escalation_commands import MOST_TURNS, Threshold
from console.conversation.handover import HandoverWhen

LONGEST: Final = 60_000
"""Characters of a file that may be changed from the review: it is kept in the log, so that it can be taken back."""

_HEADER: Final = re.compile(r"^[ \t]*\[\[?[^\]\n]*\]\]?[ \t]*(?:#.*)?$", re.MULTILINE)
_HANDOVER: Final = re.compile(r"(?<![ \t])[ \t]*\[\[[ \t]*handover[ \t]*\]\]")
_AFTER: Final = re.compile(r"^([ \t]*after[ \t]*=[ \t]*)([^\s#]+)", re.MULTILINE)
_WHEN: Final = re.compile(r"""^[ \t]*when[ \t]*=[ \t]*(['"])([a-z-]+)\1.*$""", re.MULTILINE)


class Untunable(Exception):
    """The file cannot be changed from here; the message says why and what to do."""


def file_of(content: Path, behaviour: str) -> Path:
    """Return a behaviour's own file; raises :class:`Untunable` where it has none, or several."""
    found = [path for path in toml_files(content / "behaviours") if path.stem == behaviour]
    if not found:
        raise Untunable(f"there is no behaviour '{behaviour}' in the content any more, or it comes with the product")
    if len(found) > 1:
        raise Untunable(f"'{behaviour}' has several files; leave one of them")
    return found[0]


def threshold_of(text: str) -> Threshold:
    """Return when a behaviour's file says that it hands over; raises :class:`Untunable` for one that says nothing."""
    try:
        read = tomllib.loads(text)
        rules = {rule["when"]: rule for rule in read.get("handover", ())}
        after = rules[HandoverWhen.UNRESOLVED].get("after") if HandoverWhen.UNRESOLVED in rules else None
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise Untunable("the behaviour's file cannot be read; 'secondchair doctor' says where") from error
    return Threshold(after if isinstance(after, int) else None, HandoverWhen.MOOD in rules)


def changed(text: str, threshold: Threshold) -> str:
    """Return the file with another threshold. Raises :class:`Untunable` where it cannot be had so."""
    if len(text) > LONGEST:
        raise Untunable(f"the file is longer than {LONGEST:,} characters; change it by hand")
    if threshold.after is not None and not 1 <= threshold.after <= MOST_TURNS:
        raise Untunable(f"a behaviour hands over after 1 to {MOST_TURNS} turns without progress")
    now = threshold_of(text)
    if threshold.after is None and now.after is not None:
        raise Untunable("name a number of turns")
    if threshold.after != now.after and threshold.after is not None:
        text = _after(text, threshold.after)
    if threshold.mood and not now.mood:
        text = _added(text, f'[[handover]]\nwhen = "{HandoverWhen.MOOD}"\n')
    if now.mood and not threshold.mood:
        start, end = _table(text, HandoverWhen.MOOD)
        text = text[:start].rstrip("\n") + "\n" + ("\n" + text[end:] if text[end:].strip() else "")
    if threshold_of(text) != threshold:
        raise Untunable("the file is written in a way that cannot be changed from here; change it by hand")
    return text


def difference(before: str, after: str, name: str) -> str:
    """Return what differs between two texts of a file, a line each, with what stands around it."""
    lines = unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm="", n=2)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++")))


def _after(text: str, turns: int) -> str:
    try:
        start, end = _table(text, HandoverWhen.UNRESOLVED)
    except Untunable:
        return _added(text, f'[[handover]]\nwhen = "{HandoverWhen.UNRESOLVED}"\nafter = {turns}\n')
    table = text[start:end]
    if _AFTER.search(table):
        table = _AFTER.sub(rf"\g<1>{turns}", table, count=1)
    else:
        table = _WHEN.sub(lambda found: f"{found[0]}\nafter = {turns}", table, count=1)
    return text[:start] + table + text[end:]


def _added(text: str, table: str) -> str:
    return text.rstrip("\n") + "\n\n" + table


def _table(text: str, when: HandoverWhen) -> tuple[int, int]:
    """Return where the table of a hand-over begins and ends."""
    for start, end in _tables(text):
        found = _WHEN.search(text, start, end)
        if found and found[2] == when:
            return start, end
    raise Untunable(f"there is no table for '{when}' that can be changed from here; change the file by hand")


def _tables(text: str) -> Iterator[tuple[int, int]]:
    headers = [found.start() for found in _HEADER.finditer(text)]
    for start, end in pairwise([*headers, len(text)]):
        if _HANDOVER.match(text, start):
            yield start, end
