"""Settings: their defaults, their file, their environment, and what is said of a wrong one."""

from pathlib import Path

import pytest

from console.settings import Settings, SettingsError, chosen_settings, load_settings, reference

PROJECT = Path(__file__).parent.parent


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a workspace's settings lie."""
    return tmp_path / "config.toml"


def test_the_projects_config_file_is_the_reference() -> None:
    """It holds every setting with its default and meaning; made with ``console.settings.reference``."""
    assert (PROJECT / "config.toml").read_text(encoding="utf-8") == reference()


def test_the_reference_changes_nothing(file: Path) -> None:
    """As it stands, and with every comment sign before a setting removed."""
    file.write_text(reference(), encoding="utf-8")
    assert load_settings(file, {}) == Settings()
    lines = [line.removeprefix("# ") if " = " in line else line for line in reference().splitlines()[3:]]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert load_settings(file, {}) == Settings()


def test_every_setting_stands_in_the_reference() -> None:
    """A setting without a line of meaning would be missing."""
    text = reference()
    for section, field in Settings.model_fields.items():
        assert f"[{section}]" in text
        for key in type(field.default).model_fields:
            assert f"# {key} = " in text


def test_without_a_file_there_are_defaults(file: Path) -> None:
    """A new workspace works."""
    assert load_settings(file, {}) == Settings()
    assert load_settings(None, {}) == Settings()


def test_a_named_file_must_be_there(file: Path) -> None:
    """A typing error in --config must not mean the defaults."""
    with pytest.raises(SettingsError, match=r"elsewhere\.toml: there is no such file"):
        chosen_settings(file.with_name("elsewhere.toml"), file)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[server]\nprt = 1\n", r":2: unknown key 'server.prt'; did you mean 'port'\?"),
        ("[serve]\nport = 1\n", r":1: unknown key 'serve'; did you mean 'server'\?"),
        ("\n\n[server]\nport = 99999\n", r":4: 'server.port' .*at most 65535"),
        ("[server]\nport = 'high'\n", r":2: 'server.port' .*whole number"),
        ("[kiosk]\n", r":1: unknown key 'kiosk'; known keys: desk, server, "),
        ("[server\n", r":1: cannot be read here"),
        ("[queue]\ngone_after = 20\n", r":2: 'queue.gone_after': .*45 or more"),
        ("[queue]\nfirst_answer = [60, 60]\n", r":2: 'queue.first_answer': .*three numbers"),
        ("[replay]\nspeed = 0\n", r":2: 'replay.speed' .*above 0"),
        ("[knowledge]\nvectors = 'mysql://a:b@c/d'\n", r":2: 'knowledge.vectors': should be empty, or postgresql://"),
    ],
)
def test_a_wrong_setting_is_named_with_file_line_and_nearest_key(file: Path, text: str, said: str) -> None:
    """One line, so that it can be mended at once."""
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=said) as caught:
        load_settings(file, {})
    assert str(caught.value).startswith(str(file))
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_text_is_named(file: Path) -> None:
    """Wrong encoding is not a traceback."""
    file.write_bytes(b"[desk]\nname = '\xff\xfe'\n")
    with pytest.raises(SettingsError, match="not UTF-8"):
        load_settings(file, {})


def test_the_environment_goes_before_the_file(file: Path) -> None:
    """Numbers, switches and lists are read from text."""
    file.write_text("[server]\nport = 8700\nhost = '0.0.0.0'\n", encoding="utf-8")
    settings = load_settings(
        file,
        {
            "SECONDCHAIR_SERVER__PORT": "8701",
            "SECONDCHAIR_SERVER__HOSTS": "chat.example.com, shop.example.com",
            "SECONDCHAIR_WEB_CHAT__ENABLED": "false",
            "SECONDCHAIR_TOKEN": "not a setting",
            "UNRELATED__KEY": "x",
        },
    )
    assert (settings.server.port, settings.server.host) == (8701, "0.0.0.0")  # noqa: S104 - a value, not a bind
    assert settings.server.hosts == ("chat.example.com", "shop.example.com")
    assert settings.web_chat.enabled is False


def test_the_password_of_the_vectors_database_is_not_shown() -> None:
    """Neither with the settings nor in an error about them."""
    settings = load_settings(None, {"SECONDCHAIR_KNOWLEDGE__VECTORS": "postgresql://desk:hunter2@db/desk"})
    assert settings.knowledge.vectors == "postgresql://desk:hunter2@db/desk"
    assert "hunter2" not in repr(settings)
    with pytest.raises(SettingsError) as caught:
        load_settings(None, {"SECONDCHAIR_KNOWLEDGE__VECTORS": "desk:hunter2@db"})
    assert "hunter2" not in str(caught.value)


def test_an_empty_variable_is_an_empty_list() -> None:
    """Not a list with an empty name in it."""
    assert load_settings(None, {"SECONDCHAIR_SERVER__HOSTS": ""}).server.hosts == ()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECONDCHAIR_SERVER__PRT", "1", "SECONDCHAIR_SERVER__PRT: .*did you mean 'port'"),
        ("SECONDCHAIR_SERVER__PORT", "high", "SECONDCHAIR_SERVER__PORT: .*whole number"),
        ("SECONDCHAIR_ZEBRA__X", "1", "SECONDCHAIR_ZEBRA__X: there is no section 'zebra'"),
    ],
)
def test_a_wrong_variable_is_named(name: str, value: str, said: str) -> None:
    """By its own name, as it stands in the environment."""
    with pytest.raises(SettingsError, match=said):
        load_settings(None, {name: value})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("address = 'https://models.example/v1'", "'model' is missing: name the model to use"),
        ("address = 'http://models.example/v1'\nmodel = 'm'", "'insecure' allows http"),
        ("address = 'http://127.0.0.1.models.example/v1'\nmodel = 'm'", "'insecure' allows http"),
        ("address = 'ftp://models.example'", "should be empty, or a whole address such as https://host.example"),
        ("address = 'https://robin:pw@models.example/v1'", "no user, password or question mark"),
    ],
)
def test_a_language_models_address_is_safe_and_whole(file: Path, text: str, said: str) -> None:
    """What customers write goes encrypted, or stays on this machine."""
    file.write_text(f"[llm]\n{text}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        load_settings(file, {})


@pytest.mark.parametrize("host", ["localhost:11434", "127.0.0.1:8080", "[::1]:8080"])
def test_a_language_model_on_this_machine_needs_no_encryption(file: Path, host: str) -> None:
    """Nor one elsewhere where the setting says so."""
    file.write_text(f"[llm]\naddress = 'http://{host}/v1/'\nmodel = 'm'\n", encoding="utf-8")
    assert load_settings(file, {}).llm.address == f"http://{host}/v1"
    file.write_text("[llm]\naddress = 'http://gpu.internal/v1'\nmodel = 'm'\ninsecure = true\n", encoding="utf-8")
    assert load_settings(file, {}).llm.address == "http://gpu.internal/v1"


def test_the_key_comes_from_the_environment_and_is_never_shown(file: Path) -> None:
    """Not even where settings are printed."""
    settings = load_settings(file, {"SECONDCHAIR_LLM__KEY": "sk-secret"})
    assert settings.llm.key == "sk-secret"
    assert "sk-secret" not in repr(settings)
