"""What the doctor says of a language model, and what to do about it."""

from pathlib import Path

import pytest

from console.commands.doctor import Finding, Mark, _llm
from console.content.errors import ContentError
from console.llm.probing import probe
from console.server.language_model import key_of, language_model, terms_of
from console.settings import LlmSettings, Settings
from console.workspace import Workspace
from tests.llm.misbehaving import Misbehaving, nobody_listens


def found(folder: Path, **settings: object) -> Finding:
    """Return the doctor's finding with these settings."""
    return _llm(Workspace(folder), Settings(llm=LlmSettings.model_validate(settings)))


def test_without_a_model_all_is_well(tmp_path: Path) -> None:
    """It is off by default."""
    assert found(tmp_path).mark is Mark.OK
    assert language_model(Workspace(tmp_path), Settings()) is None


def test_a_model_that_answers_is_named(server: Misbehaving, tmp_path: Path) -> None:
    """With where it is."""
    address = server.address("models")
    finding = found(tmp_path, address=address, model="small")
    assert (finding.mark, finding.said) == (Mark.OK, f"small at {address} answers")


def test_a_model_that_is_not_there_is_said_with_those_that_are(server: Misbehaving, tmp_path: Path) -> None:
    """So that the name can be put right."""
    finding = found(tmp_path, address=server.address("models"), model="medium")
    assert finding.mark is Mark.WARN
    assert "has no model 'medium'; it has: small, large" in finding.said


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("refusing", "refuses the key: set SECONDCHAIR_LLM__KEY"),
        ("failing", "answers 500"),
        ("redirect", "points elsewhere, which is not followed"),
        ("page", "not as an OpenAI-compatible server"),
        ("huge-object", "not as an OpenAI-compatible server"),
        ("hang", "does not answer within 0.5 s"),
        ("no-http", "cannot be reached"),
    ],
)
def test_every_fault_is_one_line_with_what_to_do(server: Misbehaving, way: str, said: str) -> None:
    """In time, and without the key."""
    result = probe(server.address(way), "small", "sk-secret", within=0.5)
    assert said in result.said
    assert not result.well
    assert "sk-secret" not in result.said


def test_a_server_that_is_not_there_fails(tmp_path: Path) -> None:
    """The rest of the desk works on."""
    with nobody_listens() as address:
        finding = found(tmp_path, address=address, model="small")
    assert finding.mark is Mark.FAIL
    assert "start it, or take 'address' out" in finding.said


def test_the_key_is_read_from_its_file(tmp_path: Path) -> None:
    """Without the line's end; one that cannot be read or is no key is said, and not shown."""
    file = tmp_path / "key"
    file.write_text("sk-secret\n")
    settings = LlmSettings(address="https://m.example/v1", model="m", key_file="key")
    assert key_of(Workspace(tmp_path), settings) == "sk-secret"
    for content, said in ((b"sk\nsecond line", "no key has"), (b"\xff\xfe", "not a text file")):
        file.write_bytes(content)
        with pytest.raises(ContentError, match=said) as caught:
            key_of(Workspace(tmp_path), settings)
        assert "second line" not in str(caught.value)
    file.unlink()
    assert found(tmp_path, address="https://m.example/v1", model="m", key_file="key").mark is Mark.FAIL


def test_the_terms_are_those_of_the_settings() -> None:
    """Each in its place."""
    llm = LlmSettings(drafts=False, draft_seconds=3, summary_seconds=4, rewrite_seconds=5, price_in=6, price_out=7)
    terms = terms_of(Settings(llm=llm))
    assert (terms.drafts, terms.summaries, terms.rewrites) == (False, True, True)
    assert (terms.draft_seconds, terms.summary_seconds, terms.rewrite_seconds) == (3, 4, 5)
    assert (terms.price_in, terms.price_out) == (6, 7)
    assert terms.opinions == 0, "nobody is asked for second opinions unasked"
    assert terms_of(Settings(llm=LlmSettings(opinions_a_day=9))).opinions == 9
