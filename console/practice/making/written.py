"""A scenario as a file that people go on with: TOML, in the order in which it is told."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

_WIDTH: Final = 100
Table = Mapping[str, object]


SAID: Final[Mapping[str, str]] = {
    "tier": "1 to 3, as in the queue",
    "minutes_ago": "so long before the agent came the chat began",
    "record.since": "a customer since so many days before it is played",
    "persona.manner": "plain, curt, formal or chatty",
    "persona.patience": "0 to 1; at 0 they leave",
    "persona.trust": "0 to 1; some things are told or taken from some trust on",
    "persona.waits": "seconds without an answer that they take calmly",
    "persona.typos": "share of words that are mistyped",
    "persona.bursts": "how often an answer comes as several messages, 0 to 1",
    "before.after": "seconds after the message before",
    "fact.told": "first: stands in what they wrote; asked: when asked for",
    "resolution.trust": "so much trust they need to take it",
    "must.trust": "so much trust it wins",
    "must_not.trust": "so much trust it costs",
}
"""What a value means that does not say so by itself; it stands behind the first of its kind."""


def toml(table: Table, head: Iterable[str] = (), foot: Iterable[str] = ()) -> str:
    """Return a table as TOML, lines of comment before and after it; hard values are explained once."""
    lines = [*_comments(head), *_explained(_table(table, ""))]
    remarks = _comments(foot)
    return "\n".join([*lines, *(["", *remarks] if remarks else [])]) + "\n"


def _comments(lines: Iterable[str]) -> list[str]:
    return [f"# {line}".rstrip() for text in lines for line in text.splitlines()]


def _explained(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines, with what a value means behind the first of its kind."""
    left, within = dict(SAID), ""
    for line in lines:
        if line.startswith("["):
            within = line.strip("[]") + "."
        said = left.pop(within + line.partition(" = ")[0], "")
        yield f"{line}  # {said}" if said else line


def _table(table: Table, within: str) -> list[str]:
    plain = {name: value for name, value in table.items() if not _is_table(value) and not _are_tables(value)}
    lines = [f"{name} = {_value(value)}" for name, value in plain.items()]
    for name, value in table.items():
        if _is_table(value):
            lines += ["", f"[{within}{name}]", *_table(value, f"{within}{name}.")]  # type: ignore[arg-type]
        elif _are_tables(value):
            for one in value:  # type: ignore[attr-defined]
                lines += ["", f"[[{within}{name}]]", *_table(one, f"{within}{name}.")]
    return lines


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping)


def _are_tables(value: object) -> bool:
    return isinstance(value, Sequence) and bool(value) and not isinstance(value, str) and _is_table(value[0])


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return string(value)
    assert isinstance(value, Sequence)  # noqa: S101 - nothing else stands in a scenario
    items = [_value(item) for item in value]
    in_one = f"[{', '.join(items)}]"
    return in_one if len(in_one) <= _WIDTH else "[\n" + "".join(f"    {item},\n" for item in items) + "]"


def string(text: str) -> str:
    """Return a text as a TOML string: JSON's writing, which TOML reads."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
