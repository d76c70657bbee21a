"""A scenario as a file that people go on with: TOML, in the order in which it is told."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

_WIDTH: Final = 100
Table = Mapping[str, object]


def toml(table: Table, head: Iterable[str] = (), foot: Iterable[str] = ()) -> str:
    """Return a table as TOML, lines of comment before and after it."""
    lines = [*_comments(head), *_table(table, "")]
    remarks = _comments(foot)
    return "\n".join([*lines, *(["", *remarks] if remarks else [])]) + "\n"


def _comments(lines: Iterable[str]) -> list[str]:
    return [f"# {line}".rstrip() for text in lines for line in text.splitlines()]


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
