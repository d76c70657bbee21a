"""Whether a tool's answer can be believed: it must be about what was asked, whose it was asked for, and look right."""

import re
from collections.abc import Mapping
from typing import Final

from console.assist.bot.ports import Call, Result
from console.content.tools import Tool
from console.conversation.bot_events import Outcome

SHORTEST_TAIL: Final = 5
"""Letters and digits from which the end of an identifier stands for it: “88213” for “LF-88213”."""

LONGEST: Final = 120
"""Characters of a field's value; what is longer is no value that stands in a sentence."""

_NOT_PLAIN: Final = re.compile(r"[\W_]+")


def plain(value: str) -> str:
    """Return an identifier's letters and digits alone, in capitals."""
    return _NOT_PLAIN.sub("", value).upper()


def believed(tool: Tool, call: Call, result: Result) -> tuple[Outcome, Mapping[str, str]]:
    """Return how the call ended and the fields that may be used: those alone that the tool's ``returns`` names.

    An answer is doubted where it is another customer's, where an argument that is among ``returns`` comes back as
    something else or not at all, or where a value is not as ``returns`` says.
    """
    if not result.found:
        return Outcome.NOT_FOUND, {}
    if call.customer and result.customer != call.customer:
        return Outcome.DOUBTED, {}
    fields = {name: result.fields[name] for name in tool.returns if result.fields.get(name)}
    if any(not _same(value, fields.get(name, "")) for name, value in call.arguments.items() if name in tool.returns):
        return Outcome.DOUBTED, {}
    if any(len(value) > LONGEST or not tool.returns[name].fullmatch(value) for name, value in fields.items()):
        return Outcome.DOUBTED, {}
    return Outcome.FOUND, fields


def _same(asked: str, answered: str) -> bool:
    one, other = plain(asked), plain(answered)
    return bool(one) and (one == other or (len(one) >= SHORTEST_TAIL and other.endswith(one)))
