"""A parser may hang, eat memory or crash; the next document is read all the same."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge import Document, Loader, Skipped, load, register
from knowledge.loaders.isolation import Isolation, Stopped
from tests.knowledge.loaders import hostile

KINDS = (Document, Skipped)


@pytest.fixture
def isolation() -> Iterator[Isolation]:
    """A process to parse in, whose patience is short."""
    with Isolation(seconds=20) as made:
        yield made


def _good(isolation: Isolation) -> str:
    (item,) = isolation.parse(hostile.good, b"text", "a", KINDS)
    assert isinstance(item, Document)
    return item.text


def test_what_a_parser_yields_comes_back_as_it_was(isolation: Isolation, tmp_path: Path) -> None:
    """Out of bytes, or of a file."""
    (tmp_path / "a").write_bytes("Grüße".encode())
    expected = [Document("n", "Title", "Grüße")]
    assert isolation.parse(hostile.good, "Grüße".encode(), "n", KINDS) == expected
    assert isolation.parse(hostile.good, tmp_path / "a", "n", KINDS) == expected


def test_a_parser_that_hangs_is_stopped() -> None:
    """Whatever it is doing."""
    with Isolation(seconds=0.5) as impatient, pytest.raises(Stopped, match=r"takes more than 0\.5 seconds"):
        impatient.parse(hostile.hangs, b"", "a", KINDS)


@pytest.mark.parametrize(
    ("function", "reason"),
    [(hostile.eats, "takes too much memory"), (hostile.dies, "it ended the process that parses it")],
)
def test_a_parser_that_eats_memory_or_crashes_is_stopped(
    isolation: Isolation, function: Callable[..., Iterator[Document | Skipped]], reason: str
) -> None:
    """The next document gets a process of its own."""
    with pytest.raises(Stopped, match=reason):
        isolation.parse(function, b"", "a", KINDS)
    assert _good(isolation) == "text"


def test_a_parser_that_fails_gives_a_reason(isolation: Isolation) -> None:
    """Its own, or the kind of the fault."""
    with pytest.raises(ValueError, match="a is no good"):
        isolation.parse(hostile.refuses, b"", "a", KINDS)
    with pytest.raises(ValueError, match=r"cannot be parsed \(ZeroDivisionError\)"):
        isolation.parse(hostile.breaks, b"", "a", KINDS)
    assert _good(isolation) == "text"


def test_one_process_serves_many_documents_and_knows_no_secrets(
    isolation: Isolation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it prints does not disturb the answers."""
    monkeypatch.setenv("SECONDCHAIR_TOKEN", "secret")
    found = [item for _ in range(3) for item in isolation.parse(hostile.chats, b"", "a", KINDS)]
    assert len({item.title for item in found if isinstance(item, Document)}) == 1
    assert all(isinstance(item, Document) and "SECONDCHAIR_TOKEN" not in item.text for item in found)


def test_what_could_not_be_looked_at_stays_in_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was stopped may be readable another time; the others of the folder are read."""
    from knowledge.loaders import registry

    monkeypatch.setattr(registry, "_LOADERS", dict(registry._LOADERS))
    register(".bad", Loader(hostile.dies, isolated=True))
    (tmp_path / "a.bad").write_text("x")
    (tmp_path / "b.html").write_text("<p>Nine to six.</p>")
    skipped, document = load(tmp_path)
    assert isinstance(skipped, Skipped)
    assert (skipped.where, skipped.stays) == (str(tmp_path / "a.bad"), "a.bad")
    assert isinstance(document, Document)


def test_nothing_is_started_for_formats_that_cannot_be_hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of Markdown costs no process."""
    monkeypatch.setattr("subprocess.Popen", lambda *_, **__: pytest.fail("a process was started"))
    (tmp_path / "a.md").write_text("# A\n\nText.")
    assert [type(item) for item in load(tmp_path)] == [Document]
