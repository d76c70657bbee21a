"""The settings of the channels that reach customers through another system."""

from pathlib import Path

import pytest

from console.content.errors import ContentError
from console.desk.desk import Desk
from console.server.outside_channels import outside_channels
from console.settings import Settings, SettingsError, load_settings
from console.workspace import Workspace


def test_what_is_set_up_is_there(desk: Desk, tmp_path: Path) -> None:
    """Tokens come from their files; without an address there is no channel."""
    (tmp_path / "matrix.token").write_text("syt_abc\n")
    (tmp_path / "chatwoot.token").write_text("abc\n")
    (tmp_path / "config.toml").write_text(
        "[matrix]\naddress = 'https://matrix.example'\ntoken_file = 'matrix.token'\n"
        "[chatwoot]\naddress = 'https://chatwoot.example'\naccount = 1\ntoken_file = 'chatwoot.token'\n"
    )
    settings = load_settings(tmp_path / "config.toml", {})
    assert [c.name for c in outside_channels(Workspace(tmp_path), settings, desk)] == ["matrix", "chatwoot"]
    assert list(outside_channels(Workspace(tmp_path), Settings(), desk)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[matrix]\naddress = 'https://matrix.example'\n", "token_file"),
        ("[matrix]\naddress = 'http://matrix.example'\ntoken = 'x'\n", "https://"),
        ("[matrix]\naddress = 'matrix.example'\ntoken = 'x'\n", "a whole address such as"),
        ("[chatwoot]\naddress = 'https://chatwoot.example'\ntoken = 'x'\n", "'account' is missing"),
        ("[chatwoot]\naddress = 'https://chatwoot.example'\naccount = 1\n", "token_file"),
    ],
)
def test_what_cannot_work_is_said_in_a_line(tmp_path: Path, text: str, said: str) -> None:
    """With what to do."""
    (tmp_path / "config.toml").write_text(text)
    with pytest.raises(SettingsError, match=said) as refused:
        load_settings(tmp_path / "config.toml", {})
    assert "\n" not in str(refused.value)


def test_a_token_that_cannot_be_read_is_named(desk: Desk, tmp_path: Path) -> None:
    """By its file; what is in it stays unsaid."""
    settings = Settings.model_validate({"matrix": {"address": "https://m.example", "token_file": "missing"}})
    with pytest.raises(ContentError, match=r"missing.*Matrix access token cannot be read"):
        list(outside_channels(Workspace(tmp_path), settings, desk))
    (tmp_path / "missing").write_text("caf\u00e9")
    with pytest.raises(ContentError, match="characters that no key has") as refused:
        list(outside_channels(Workspace(tmp_path), settings, desk))
    assert "caf" not in str(refused.value)


def test_a_token_is_never_shown() -> None:
    """Not where settings are printed."""
    settings = Settings.model_validate(
        {
            "matrix": {"address": "https://m.example", "token": "hush"},
            "chatwoot": {"address": "https://c.example", "account": 1, "token": "hush"},
        }
    )
    assert "hush" not in repr(settings)
