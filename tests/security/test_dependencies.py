"""What the program is made of: pinned, nothing beside it, and compared in a way that cannot end well by accident."""

import json
import re
import tomllib
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.audit import main, pins_of

ROOT: Final = Path(__file__).parents[2]
NOW: Final = datetime(2026, 3, 2, tzinfo=UTC)
FEW: Final = 3
"""Advisories that the tests call a whole collection."""

PINS: Final = pins_of((ROOT / "constraints.txt").read_text(encoding="utf-8"))
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def advisory(name: str = "leftpad", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON is any of its types
    """Return an advisory about a package: everything from 1.0 on, mended in 1.5, unless it is said otherwise."""
    ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "1.0"}, {"fixed": "1.5"}]}]
    affected = {"package": {"ecosystem": "PyPI", "name": name}, "ranges": ranges, **more}
    return {
        "id": "PYSEC-2026-1",
        "summary": "Runs anything.",
        "modified": "2026-02-28T00:00:00Z",
        "affected": [affected],
    }


@pytest.fixture
def compare(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Compare pins with advisories, beside others that have nothing to do with them; return exit code and words."""

    def run(pins: str, *advisories: dict[str, Any], least: int = FEW, others: int = 5) -> tuple[int, str]:
        folder = tmp_path / "advisories"
        folder.mkdir()
        beside = ({**advisory(f"other-{n}"), "id": f"PYSEC-2025-{n}"} for n in range(others))
        for number, one in enumerate((*advisories, *beside)):
            (folder / f"{number}.json").write_text(json.dumps(one), encoding="utf-8")
        (tmp_path / "pins.txt").write_text(pins, encoding="utf-8")
        code = main([str(folder), str(tmp_path / "pins.txt")], NOW, least)
        return code, capsys.readouterr().out

    return run


Compare = Callable[..., tuple[int, str]]


@pytest.mark.parametrize("pin", ["leftpad==1.4.9", "LeftPad==1.0", "left-pad==1.2rc1\n# nothing"])
def test_a_vulnerable_pin_is_found(compare: Compare, pin: str) -> None:
    """However its name is written, and where it is one among many."""
    name = pin.partition("==")[0]
    code, said = compare(f"httpx==0.28.1\n{pin}\n", advisory(name.lower()))
    assert code == 1
    assert "PYSEC-2026-1" in said


@pytest.mark.parametrize("pin", ["leftpad==1.5", "leftpad==0.9", "rightpad==1.2"])
def test_a_pin_beside_what_is_vulnerable_is_none(compare: Compare, pin: str) -> None:
    """Mended, older than the fault, or another package."""
    assert compare(pin, advisory())[0] == 0


def test_versions_that_are_listed_and_last_ones_count(compare: Compare) -> None:
    """Advisories say it in one way or the other."""
    last = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"last_affected": "2.0"}]}]
    both = (advisory("a", versions=["3.1"], ranges=[]), advisory("b", ranges=last))
    code, said = compare("a==3.1\nb==2.0\nc==1.0", *both)
    assert (code, said.count("PYSEC")) == (1, 2)


@pytest.mark.parametrize("listed", ["v3.1", "3.1.0", "3.1"])
def test_a_version_is_the_same_however_it_is_written(compare: Compare, listed: str) -> None:
    """By whoever wrote the advisory."""
    assert compare("a==3.1", advisory("a", versions=[listed], ranges=[]))[0] == 1


@pytest.mark.parametrize("kind", ["GIT", "SEMVER", ""])
def test_who_names_no_version_that_can_be_compared_with_is_heard(compare: Compare, kind: str) -> None:
    """An advisory about a pinned package is told, where it cannot be told that it is about another version."""
    ranges = [{"type": kind, "events": [{"introduced": "0"}]}] if kind else []
    assert compare("a==3.1", advisory("a", ranges=ranges))[0] == 1


@pytest.mark.parametrize(
    ("pins", "why"),
    [
        ("leftpad>=1.5", "pins nothing exactly"),
        ("leftpad", "pins nothing"),
        ("", "nothing is pinned"),
        ("a==1.*", "pins"),
        ("a==1.0\nA==1.1", "pinned twice"),
    ],
)
def test_what_is_not_pinned_is_not_passed_over(compare: Compare, pins: str, why: str) -> None:
    """It is said, and the end is none of a success."""
    code, said = compare(pins, advisory())
    assert code == 2
    assert why in said


def test_too_few_old_or_broken_advisories_conclude_nothing(compare: Compare, tmp_path: Path) -> None:
    """An empty folder, half a download and last year's are no good news."""
    assert compare("a==1.0", others=0)[0] == 2
    for number, broken in enumerate(("{", "[]", '{"id": 5}')):
        folder = tmp_path / f"broken-{number}"
        folder.mkdir()
        (folder / "x.json").write_text(broken, encoding="utf-8")
        assert main([str(folder), str(ROOT / "constraints.txt")], NOW, 0) == 2
    old = tmp_path / "old.zip"
    with zipfile.ZipFile(old, "w") as archive:
        archive.writestr("x.json", json.dumps({**advisory(), "modified": "2025-02-28T00:00:00Z"}))
    assert main([str(old), str(ROOT / "constraints.txt")], NOW, 1) == 2
    assert main([str(tmp_path / "missing"), str(ROOT / "constraints.txt")], NOW, 0) == 2
    assert main([], NOW) == 2


@pytest.mark.parametrize(
    "odd",
    [
        {"modified": "2099-01-01T00:00:00Z"},
        {"affected": None},
        {"affected": [5]},
        {"affected": [{"package": None}]},
        {"affected": [{"package": {"ecosystem": "PyPI", "name": "a"}, "ranges": [5]}]},
    ],
)
def test_an_advisory_that_is_none_concludes_nothing(compare: Compare, odd: dict[str, Any]) -> None:
    """One of a day to come would make every collection new for ever; of others nobody knows what they are about."""
    code, said = compare("a==1.0", {**advisory("b"), **odd})
    assert code == 2, said


def test_an_advisory_that_is_there_often_is_one(compare: Compare) -> None:
    """A collection is whole by what is in it."""
    assert compare("a==1.0", *[advisory("b")] * 9, others=0)[0] == 2


def test_an_archive_that_was_damaged_concludes_nothing(tmp_path: Path) -> None:
    """By one byte."""
    place = tmp_path / "all.zip"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("x.json", json.dumps(advisory()))
    place.write_bytes(place.read_bytes().replace(b"leftpad", b"leftpaf", 1))
    assert main([str(place), str(ROOT / "constraints.txt")], NOW, 1) == 2


def test_everything_that_is_asked_for_is_pinned_exactly() -> None:
    """In ``pyproject.toml``: for work, for the tests, and for fuzzing; and the pin is one that is asked for."""
    asked = [
        *PROJECT["dependencies"],
        *PROJECT["optional-dependencies"]["dev"],
        *PROJECT["optional-dependencies"]["fuzz"],
    ]
    for line in asked:
        requirement = Requirement(line)
        name = canonicalize_name(requirement.name)
        assert name in PINS, line
        assert requirement.specifier.contains(PINS[name], prereleases=True), line


def needed(extras: tuple[str, ...] = ("dev",)) -> dict[str, Distribution]:
    """Return every installed package that the program needs, near or far, by its name."""
    found: dict[str, Distribution] = {}
    asked = [Requirement(line) for line in PROJECT["dependencies"]]
    asked += [Requirement(line) for extra in extras for line in PROJECT["optional-dependencies"][extra]]
    while asked:
        requirement = asked.pop()
        name = canonicalize_name(requirement.name)
        extra_names = ("", *requirement.extras)
        if requirement.marker and not any(requirement.marker.evaluate({"extra": extra}) for extra in extra_names):
            continue
        if name in found and not requirement.extras:
            continue
        try:
            found[name] = distribution(requirement.name)
        except PackageNotFoundError:
            continue  # of another platform, or left out by its pin's own choice
        for line in found[name].requires or ():
            inner = Requirement(line)
            if not inner.marker or any(inner.marker.evaluate({"extra": extra}) for extra in extra_names):
                inner.marker = None
                if canonicalize_name(inner.name) not in found:
                    asked.append(inner)
    return found


def test_nothing_is_installed_that_is_not_pinned() -> None:
    """Whatever the program's packages need in turn, in the version that is pinned."""
    installed = needed()
    assert len(installed) > 100
    unpinned = sorted(name for name in installed if name not in PINS and name not in BUILDING)
    assert unpinned == []
    other = {n: d.version for n, d in installed.items() if n in PINS and PINS[n] != _version(d)}
    assert other == {}


BUILDING: Final = frozenset({"setuptools", "pip", "wheel"})
"""What installs, and comes with Python."""


def _version(package: Distribution) -> Any:  # noqa: ANN401 - of packaging
    from packaging.version import Version

    return Version(re.sub(r"\+.*", "", package.version))
