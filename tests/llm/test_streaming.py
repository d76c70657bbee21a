"""Streams of any server, in pieces of any size, read or refused and never believed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.assist.llm.ports import ModelTrouble, Trouble
from console.llm.streaming import MOST_BYTES, Answer
from tests.llm.misbehaving import DONE, USAGE, chunk


def read(data: bytes, cuts: list[int]) -> Answer:
    """Return the answer in ``data``, which comes in pieces."""
    answer, before = Answer(), 0
    for cut in [*sorted(cut % (len(data) + 1) for cut in cuts), len(data)]:
        answer.feed(data[before:cut])
        before = cut
    answer.end()
    return answer


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), min_size=1, max_size=8), st.lists(st.integers(0)))
def test_an_answer_is_the_same_however_it_is_cut(words: list[str], cuts: list[int]) -> None:
    """Also in the middle of a letter of several bytes."""
    answer = read(b": hello\n\n" + b"".join(map(chunk, words)) + chunk("", "stop") + USAGE + DONE, cuts)
    assert (answer.text, answer.tokens_in, answer.tokens_out) == ("".join(words), 120, 12)


@given(st.binary(max_size=400), st.lists(st.integers(0), max_size=4))
def test_nothing_else_is_raised_whatever_comes(data: bytes, cuts: list[int]) -> None:
    """And nothing that was not said to be whole passes for an answer."""
    try:
        answer = read(data, cuts)
    except ModelTrouble:
        return
    assert answer.finished


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["choices", "delta", "message", "content", "finish_reason", "usage", "error", "prompt_tokens"]
            ),
            inner,
            max_size=4,
        )
    ),
)


@given(JSON)
def test_any_json_is_an_answer_or_a_trouble(value: object) -> None:
    """Whatever stands where text or a number should."""
    try:
        answer = read(b"data: " + json.dumps(value).encode() + b"\n\n" + DONE, [])
    except ModelTrouble:
        return
    assert isinstance(answer.text, str)


@pytest.mark.parametrize("ending", [b"\r\n", b"\r", b"\n"])
def test_lines_may_end_in_any_way(ending: bytes) -> None:
    """As the standard says."""
    assert read((chunk("a") + chunk("b", "stop") + DONE).replace(b"\n", ending), []).text == "ab"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (chunk("half"), Trouble.CUT),
        (chunk("half", "length") + DONE, Trouble.CUT),
        (chunk("half", "content_filter") + DONE, Trouble.CUT),
        (b"data: [" + b"[" * 60_000 + b"\n\n", Trouble.GARBLED),
        (b"data: " + b"a" * 70_000, Trouble.GARBLED),
        (chunk("word " * 10) * (MOST_BYTES // 100), Trouble.CUT),
    ],
)
def test_what_is_not_whole_is_no_answer(data: bytes, why: Trouble) -> None:
    """Half a text could say the opposite of the whole."""
    with pytest.raises(ModelTrouble) as caught:
        read(data, [])
    assert caught.value.why is why
