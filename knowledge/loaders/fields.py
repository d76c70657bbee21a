"""The fields an author may set on a document, checked the same way wherever they stand."""

import re
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import TypedDict, cast

from knowledge.document import AUDIENCES, STATUSES, Audience, Status
from knowledge.text import one_line

_HEAD_LINES = 12
"""Lines of a text in which an author may have meant to set a field, and has not."""

FRONT_MATTER = "front matter; put it between two lines of --- at the top of a .md file"
PROPERTIES = 'the file\'s properties; put it among their keywords, as in "audience: internal"'
META = 'the page\'s head; put it into a <meta name="audience" content="internal"> there'

_STRAY = re.compile(
    r"^[ \t>*_`#-]{0,8}(audience|status)[ \t*_`]{0,8}:[ \t*_`\"']{0,8}(\w{1,40})", re.IGNORECASE | re.MULTILINE
)
_SAYS_YES = frozenset(("true", "yes", "on", "1"))
_SAYS_NO = frozenset(("false", "no", "off", "0"))
_FOR_STAFF = frozenset(("internal", "private", "staff", "team", "employees", "restricted", "confidential", "hidden"))
_OTHER_WORDS: Mapping[str, tuple[frozenset[str], str]] = {
    **dict.fromkeys(("visibility", "access"), (_FOR_STAFF, "audience: internal")),
    **dict.fromkeys(
        ("internal", "private", "confidential", "hidden", "draft", "unlisted"), (_SAYS_YES, "audience: internal")
    ),
    **dict.fromkeys(("published", "public"), (_SAYS_NO, "audience: internal")),
    **dict.fromkeys(("retired", "archived", "deprecated", "obsolete"), (_SAYS_YES, "status: retired")),
}
"""Keys by which other systems keep an article from customers, the values that do, and how it is said here."""

_NO_LONGER_TRUE = frozenset(
    ("retired", "archived", "deprecated", "obsolete", "inactive", "outdated", "superseded", "withdrawn")
)
_NOT_OUT_YET = frozenset(("draft", "unpublished", "private", "internal"))
_LIKE_STATUS = frozenset(("stat", "stats", "state", "states", "statue", "statues", "statuses"))
"""Words that are near to "status", and may be a field of another system that means something else."""

_MEANT = {"audience": AUDIENCES, "status": STATUSES}


class Fields(TypedDict):
    """The optional fields of a document."""

    url: str
    updated: str
    status: Status
    audience: Audience


def fields(given: Mapping[str, object]) -> Fields:
    """Check and clean url, updated, status and audience; other keys are ignored. Raises ValueError with a reason.

    A key that is nearly "audience" or "status" is no other key, nor is one that says the same elsewhere: left out, it
    would make an article public, or let it count as true, by accident.
    """
    for key, value in given.items():
        if meant := _nearly(key):
            raise ValueError(f'has the key "{one_line(key, 40)}"; did you mean "{meant}"?')
        if here := _said_here(key.lower(), str(value).strip().lower()):
            raise ValueError(f'says "{one_line(key, 40)}: {one_line(str(value), 40)}", which is written "{here}" here')
    return Fields(
        url=_text(given, "url"),
        updated=_text(given, "updated"),
        status=cast(Status, _choice(given, "status", STATUSES)),
        audience=cast(Audience, _choice(given, "audience", AUDIENCES)),
    )


def refuse_stray(text: str, given: Collection[str] = (), place: str = FRONT_MATTER) -> None:
    """Raise ValueError where the first lines of a text set an audience or a status that is not among those `given`.

    `place` says where it belongs instead.
    """
    head = "\n".join(text.split("\n", _HEAD_LINES)[:_HEAD_LINES])
    for key, value in _STRAY.findall(head):
        name = key.lower()
        if name not in given and get_close_matches(value.lower(), _MEANT[name], n=1, cutoff=0.7):
            raise ValueError(f"names its {name} outside of {place}")


def keywords(text: str) -> dict[str, object]:
    """Status and audience among the keywords in a file's properties, such as "parcels; audience: internal"."""
    pairs = (part.partition(":" if ":" in part else "=") for part in re.split(r"[,;\n]", text[:2000]))
    return {key.strip().lower(): value.strip() for key, mark, value in pairs if mark}


@lru_cache(maxsize=1000)
def _nearly(key: str) -> str:
    """The field that a key is a slip of, or nothing."""
    word = key.strip().lower()
    if key in _MEANT or word in _LIKE_STATUS:
        return ""
    return next(iter(get_close_matches(word, _MEANT, n=1, cutoff=0.8)), "")


def _said_here(key: str, value: str) -> str:
    """How it is written here what another system says with a key and its value, both in small letters; or nothing."""
    keeping, here = _OTHER_WORDS.get(key, (frozenset(), ""))
    if value in keeping:
        return here
    if key in _LIKE_STATUS and value in STATUSES:
        return f"status: {value}"
    if key not in _LIKE_STATUS and (key == "status" or not key.endswith(("status", "state"))):
        return ""
    if value in _NO_LONGER_TRUE:
        return "status: retired"
    return "audience: internal" if value in _NOT_OUT_YET else ""


def _text(given: Mapping[str, object], key: str) -> str:
    value = given.get(key)
    return "" if value is None else one_line(str(value), limit=2000)


def _choice(given: Mapping[str, object], key: str, allowed: tuple[str, ...]) -> str:
    value = given.get(key)
    if value is None or value == "":
        return allowed[0]
    word = str(value).strip().lower()
    if word in allowed:
        return word
    near = get_close_matches(word, allowed, n=1)
    hint = f'; did you mean "{near[0]}"?' if near else f"; use one of {', '.join(allowed)}"
    raise ValueError(f'{key} is "{one_line(str(value), 40)}"{hint}')
