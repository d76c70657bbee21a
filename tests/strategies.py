"""Values of the domain, drawn from the types' own hints: a field added tomorrow is drawn tomorrow."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Literal, Union

from hypothesis import strategies as st

from console.conversation import assist_events as a
from console.conversation import events as e

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
"""Any text that JSON can carry."""

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds

_PLAIN: Mapping[object, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(-(2**40), 2**40),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    datetime: MOMENTS,
    type(None): st.none(),
}


def of(kind: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401, PLR0911 - any hint, one arm a shape
    """Return a strategy for every value that a type hint allows."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return st.builds(kind, **{f.name: of(hints[f.name]) for f in dataclasses.fields(kind) if f.init})
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        return st.sampled_from(inner)
    if origin in {Union, types.UnionType}:
        return st.one_of(*(of(one) for one in inner))
    if origin is tuple:
        return st.lists(of(inner[0]), max_size=3).map(tuple)
    if origin is Mapping:
        return st.dictionaries(of(inner[0]), of(inner[1]), max_size=3)
    raise TypeError(f"no strategy for {kind}")


EVENT_DATA: Mapping[str, st.SearchStrategy[e.EventData]] = {name: of(kind) for name, kind in e.KINDS.items()}
"""Every kind of event, with any content that its type allows."""


def events(data: st.SearchStrategy[e.EventData]) -> st.SearchStrategy[e.Event]:
    """Return events with this data."""
    return st.builds(e.Event, st.integers(1, 2**40), TEXT, TEXT, data, MOMENTS, TEXT, TEXT)


@st.composite
def histories(draw: st.DrawFn, conversation: str = "c1") -> list[e.Event]:
    """Draw the events of one conversation as a desk could have written them: numbered, approvals asked before decided.

    Contents are free; what the desk never writes (an approval decided twice or never asked, a mood for an earlier
    message after a later one's) does not occur.
    """
    free = [name for name in e.KINDS if name not in {"approval-requested", "approval-decided", "mood-read"}]
    found: list[e.Event] = []
    asked: list[str] = []
    messages, seq = 0, 0
    for _ in range(draw(st.integers(0, 25))):
        choice = draw(st.sampled_from([*free, "message-added", "message-added", "ask", "decide", "mood"]))
        data: e.EventData
        if choice == "ask":
            data = dataclasses.replace(draw(of(e.ApprovalRequested)), approval=f"a-{len(found)}")
            asked.append(data.approval)
        elif choice == "decide" and asked:
            data = e.ApprovalDecided(asked.pop(draw(st.integers(0, len(asked) - 1))), draw(st.booleans()))
        elif choice == "mood":
            data = dataclasses.replace(draw(of(a.MoodRead)), turn=f"m{messages}")
        else:
            data = draw(EVENT_DATA[choice if choice in e.KINDS else "message-added"])
        messages += isinstance(data, e.MessageAdded)
        seq += draw(st.integers(1, 3))
        found.append(e.Event(seq, conversation, "agent:robin", data, draw(MOMENTS)))
    return found
