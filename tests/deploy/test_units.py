"""The units of systemd, as it reads them itself; without a line of its own it would start a service less than asked."""

import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[2] / "deploy"
COMMAND = "/opt/secondchair/.venv/bin/secondchair"
SERVICES = ["secondchair.service", "secondchair-backup.service"]
MOST_EXPOSED = 20
"""Tenths: what systemd calls the exposure of a service goes from 0 to 100, and up to 20 is well closed off."""

pytestmark = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")


@pytest.mark.parametrize("name", [*SERVICES, "secondchair-backup.timer"])
def test_systemd_has_nothing_to_say_about_a_unit(name: str, tmp_path: Path) -> None:
    """Every key is one that it knows, in a section where it belongs."""
    for unit in DEPLOY.glob("secondchair*.*"):
        text = unit.read_text(encoding="utf-8").replace(COMMAND, "/bin/true")  # it has to be there
        (tmp_path / unit.name).write_text(text, encoding="utf-8")

    done = subprocess.run(["systemd-analyze", "verify", tmp_path / name], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_closed_off(name: str) -> None:
    """As far as systemd can tell from its unit."""
    judged = ["systemd-analyze", "security", "--offline=yes", f"--threshold={MOST_EXPOSED}", DEPLOY / name]

    done = subprocess.run(judged, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_the_command_of_a_server_runs_as_its_service_does() -> None:
    """The same user, folders and settings; else it would work on another desk."""
    command = (DEPLOY / "secondchair").read_text(encoding="utf-8")
    service = (DEPLOY / SERVICES[0]).read_text(encoding="utf-8")
    of_both = ("DynamicUser", "User", "StateDirectory", "CacheDirectory", "UMask", "EnvironmentFile")

    for key in of_both:
        (line,) = (line for line in service.splitlines() if line.startswith(f"{key}="))
        assert f"--property={line}" in command

    assert all(f"--setenv={one}" in command.replace("$state", "/var/lib/secondchair") for one in _environment(service))


def _environment(service: str) -> list[str]:
    (line,) = (line for line in service.splitlines() if line.startswith("Environment="))
    return line.removeprefix("Environment=").split()
