"""What is wrong with a TOML file, in the words of those who write content and no programs, and what to do. Pure."""

import difflib
import re
from typing import Final

from pydantic_core import ErrorDetails

from console.text import shorten

WIDTH: Final = 40
"""Characters of a value that are repeated."""

_CHOICE: Final = re.compile(r"'([^']*)'")
_LIMITS: Final = {
    "greater_than": ("gt", "above"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "below"),
    "less_than_equal": ("le", "at most"),
}
_KINDS: Final = {
    "string_type": "text: put it in quotation marks",
    "int_type": "a whole number, such as 2",
    "int_parsing": "a whole number, such as 2, without quotation marks",
    "int_from_float": "a whole number, such as 2",
    "float_type": "a number, such as 0.5",
    "float_parsing": "a number, such as 0.5, without quotation marks",
    "bool_type": "true or false, without quotation marks",
    "bool_parsing": "true or false, without quotation marks",
    "dict_type": "a table: a heading in brackets, and its keys below",
    "model_type": "a table: a heading in brackets, and its keys below",
}
_LISTS: Final = frozenset({"tuple_type", "list_type", "set_type", "frozen_set_type"})

_NUMBER_WITH_COMMA: Final = re.compile(r"=\s*-?\d+,\d+")
_TEXT_BEHIND: Final = re.compile(r'=\s*\[?\s*("(?:[^"\\]|\\.)*",?\s*)+\w')
_SYNTAX: Final = (
    ("Unclosed array", "a list that is begun here or above is not closed: a ] is missing"),
    ("Unclosed inline table", "a { that is begun here or above is not closed: a } is missing"),
    ("Illegal character '\\n'", "the quotation mark at the end of the text is missing"),
    ("Unterminated string", 'the quotation marks at the end of a text are missing, " or """'),
    ("Expected \"'''\"", "the ''' at the end of a text is missing"),
    ("Unescaped '\\'", "a backslash in a text is written twice: \\\\"),
    ("Cannot overwrite a value", "what this line sets is set above already: take one of the two out"),
    ("Cannot declare", "this heading stands above already: take one of the two out, or put what is below it there"),
    ("Cannot mutate immutable", "what this line adds to is written in full above: put it there"),
    ("Expected '=' after a key", "this line sets nothing: write  name = value,  or begin it with # if it is a remark"),
    ("Invalid statement", "this line sets nothing: write  name = value,  or begin it with # if it is a remark"),
    ("Expected ']", "the brackets of this heading are not closed"),
    ("Invalid value", "behind the = stands no value: text goes in quotation marks, a list in [ ]"),
    ("Invalid initial character", "a name is missing in front of the ="),
    ("Illegal character", "a character stands here that is not shown: take it out, or write the line anew"),
)
"""Beginnings of what the parser says, and what that is to somebody who writes."""


def in_words(problem: ErrorDetails) -> str:
    """Return what is wrong with a value, as “has to be …” or the like; empty where there are no other words for it."""
    kind, context, value = problem["type"], problem.get("ctx", {}), problem["input"]
    if kind in _LISTS:
        several = isinstance(value, dict)
        return (
            "may stand several times: write its heading with two brackets, as in [[…]]"
            if several
            else "has to be a list: put it in square brackets, as in [ … ]"
        )
    if kind in {"literal_error", "enum"}:
        return _one_of(_CHOICE.findall(str(context.get("expected", ""))), value)
    if kind in _LIMITS:
        name, words = _LIMITS[kind]
        return f"has to be {words} {context[name]:g}, and is {_shown(value)}"
    if kind in {"too_short", "string_too_short"} and context.get("min_length") == 1:
        return "is empty: write something there, or take the line out"
    if kind in _KINDS:
        return f"has to be {_KINDS[kind]}; it is {_shown(value)}"
    return ""


def syntax_in_words(said: str, line: str) -> str:
    """Return why a text is no TOML; ``said`` is what the parser says, ``line`` the line that it stops at."""
    if said.startswith("Expected newline"):
        if _NUMBER_WITH_COMMA.search(line):
            return "a number is written with a point, not with a comma: 0.5"
        if _TEXT_BEHIND.search(line):
            return 'the text ends at its second quotation mark: write one within a text as \\" or as “ ”'
        return "something stands behind the value that does not belong there: take it out, or put it on its own line"
    if said.startswith("Unclosed array") or not said:
        return _SYNTAX[0][1]
    return next((words for begins, words in _SYNTAX if said.startswith(begins)), said)


def _one_of(choices: list[str], value: object) -> str:
    near = difflib.get_close_matches(str(value), choices, n=1)
    meant = f"; did you mean '{near[0]}'?" if near else ""
    return f"has to be one of {', '.join(choices)}, and is {_shown(value)}{meant}"


def _shown(value: object) -> str:
    """Return a value as it may be written, short and in one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"“{shorten(' '.join(value.split()), WIDTH)}”"
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a table"
    return shorten(str(value), WIDTH)
