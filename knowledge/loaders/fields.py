"""The fields an author may set on a document, checked the same way wherever they stand."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TypedDict, cast

from knowledge.document import AUDIENCES, STATUSES, Audience, Status
from knowledge.text import one_line


class Fields(TypedDict):
    """The optional fields of a document."""

    url: str
    updated: str
    status: Status
    audience: Audience


def fields(given: Mapping[str, object]) -> Fields:
    """Check and clean url, updated, status and audience; other keys are ignored. Raises ValueError with a reason."""
    return Fields(
        url=_text(given, "url"),
        updated=_text(given, "updated"),
        status=cast(Status, _choice(given, "status", STATUSES)),
        audience=cast(Audience, _choice(given, "audience", AUDIENCES)),
    )


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
