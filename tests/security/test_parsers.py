"""Whatever comes from outside is read, or refused in the way that is written down; soon, and in measure."""

import gzip
import json
import logging
import time
from collections.abc import Iterator
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.security.parsers import PARSERS
from tests.security.parsing import Parser

SECONDS: Final = 5.0
"""Of the processor's time for one reading; far more than any takes."""

GROWTH: Final = 60
"""How many times larger than what came in what is made of it may be, besides a little that is always there."""

YAML_BOMB: Final = (
    b"---\na: &a [x,x,x,x,x,x,x,x,x]\n"
    + b"".join(
        b"%c: &%c [%s]\n" % (letter, letter, b",".join([b"*%c" % (letter - 1)] * 9))
        for letter in range(ord("b"), ord("k"))
    )
    + b"title: *j\n---\ntext\n"
)
BOMBS: Final = {
    "nothing": b"",
    "a deep list": b"[" * 100_000,
    "a deep list that ends": b"[" * 90_000 + b"]" * 90_000,
    "deep objects": b'{"message":' * 50_000,
    "deep data of a stream": b"data: " + b"[" * 100_000 + b"\n\n",
    "a number of a million digits": b'{"id": ' + b"9" * 1_000_000 + b"}",
    "numbers that are none": b'{"id": NaN, "found": Infinity, "created_at": -Infinity, "events": 1e999, "format": 1}',
    "half a character": b'{"id": "\\ud800", "text": "\\udc00", "messages": [{"role": "agent", "text": "\\ud800"}]}',
    "a list for every value": b'{"id": "a", "messages": [{"role": [], "text": {}}], "type": [], "format": 1}',
    "a megabyte of marks": b"z" + "\u0335".encode() * 500_000,
    "a megabyte of quotes": b'"' * 1_000_000,
    "a megabyte of lines": b"\n" * 1_000_000,
    "a megabyte of dashes": b"---\n" * 250_000,
    "a megabyte of markup": b"<div>" * 200_000,
    "a megabyte of dots": b"../" * 333_333,
    "references that multiply": YAML_BOMB,
    "zeros that inflate": gzip.compress(b"0" * 50_000_000),
    "lines that inflate": gzip.compress(b"{}\n" * 3_000_000),
}


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Have nothing logged, as in the process that parses documents: a library's warnings would take all the time."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def ask(parser: Parser, data: bytes) -> None:
    """Have something read; fails where it takes too long, grows too large or is refused in another way than said."""
    began = time.process_time()
    try:
        made = parser.read(data)
    except parser.refuses as refusal:
        made = str(refusal)
    assert time.process_time() - began < SECONDS
    assert len(repr(made)) <= GROWTH * len(data) + 1_000_000


@st.composite
def spoilt(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """Draw good input with a few places changed, cut, doubled or swapped with those of other formats; or anything."""
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(data)))
        end = min(len(data), place + draw(st.integers(0, 12)))
        data[place:end] = draw(st.one_of(st.binary(max_size=8), st.sampled_from(PIECES)))
    return bytes(data)


ODD_VALUES: Final = st.recursive(
    st.sampled_from(
        [None, True, 0, -1, 10**30, 1e308, float("inf"), float("nan"), "", "x" * 5_000, "\ud800", "\x1b[2J"]
    ),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "text", "\ud800"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@st.composite
def misplaced(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """Draw good JSON in which one value is another one; good input as it is where it is no JSON."""
    data = draw(st.sampled_from(seeds))
    try:
        whole = json.loads(data)
    except ValueError:
        return data
    places = list(_places(whole))
    holder, key = draw(st.sampled_from(places)) if places else ([whole], 0)
    holder[key] = draw(ODD_VALUES)
    return json.dumps(whole if places else holder[0]).encode()


def _places(value: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - JSON is any of its types
    """Yield where values stand inside another one: in what, and under which key or number."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in list(inner):
        yield value, key
        yield from _places(item)


PIECES: Final = [
    b"null", b"[]", b"{}", b"-1", b"1e999", b"NaN", b'"\\ud800"', b"\\u0000", b"\x00", b"\xff\xfe", b"\x1b[2J", b"true",
    "\u202e".encode(), "\u0335".encode() * 9, b"[" * 50, b"]" * 50, b'{"', b'":', b"\n---\n", b"&a [*a]", b"*a",
    b"!!python/", b"9" * 5_000, b"\r", b"\r\n\r\n", b"<!ENTITY a 'b'>", b"\xed\xa0\x80", b"9999-99-99", b"@-99999",
    b"{date:99999}", b"''", b'"""',
]  # fmt: skip


@pytest.mark.parametrize("name", PARSERS)
@pytest.mark.parametrize("bomb", BOMBS)
def test_what_is_made_to_be_hard_is_read_or_refused_in_time(name: str, bomb: str) -> None:
    """Depth, length, numbers without bounds, references and packing."""
    ask(PARSERS[name], BOMBS[bomb])


@pytest.mark.parametrize("name", PARSERS)
def test_good_input_is_read(name: str) -> None:
    """Or the rest would prove nothing; what stands for a packed, signed or laid-out file is allowed to be none."""
    parser = PARSERS[name]
    for seed in parser.seeds:
        try:
            parser.read(seed)
        except parser.refuses:
            assert name in REFUSED, name


REFUSED: Final = frozenset(
    {
        "Chatwoot: live stream",  # the server says that it hangs up
        "web chat: cookies and tokens",  # somebody else signed it
        "back-ups: manifest",
    }
)


@pytest.mark.parametrize("name", PARSERS)
def test_nothing_but_what_is_written_down_is_raised(name: str) -> None:
    """Good input with places changed, and anything at all."""
    parser = PARSERS[name]

    @settings(max_examples=8 if parser.slow else settings.default.max_examples)
    @given(st.one_of(spoilt(parser.seeds), misplaced(parser.seeds), st.binary(max_size=200)))
    def read(data: bytes) -> None:
        ask(parser, data)

    read()
