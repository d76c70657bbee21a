"""Compare the pinned packages with known vulnerabilities: ``python tools/audit.py ADVISORIES [PINS]``.

ADVISORIES is a folder or .zip of advisories in the OSV format, as https://osv.dev publishes them for PyPI
(``https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip``). It is read, never fetched: what is compared with
is what lies there. PINS is ``constraints.txt`` unless it is named.

Exit code 0 says that every pin was compared with whole and recent advisories and none is vulnerable; 1 names those that
are; 2 says that nothing can be concluded, and why. There is no way to a 0 past something that was not looked at.
"""

import json
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

LEAST: Final = 1_000
"""Advisories that a whole collection for PyPI holds at the very least; the real one has some ten times as many."""

OLDEST: Final = timedelta(days=14)
"""Age of the newest change in the collection from which on it says nothing of today."""

EARLY: Final = timedelta(days=1)
"""How far clocks and zones may be apart: what was changed later than that from now was not changed then."""

_PIN: Final = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;#,*]+)")


class Inconclusive(Exception):
    """Nothing can be said; the words say why."""


@dataclass(frozen=True, slots=True)
class Found:
    """A pin that an advisory names."""

    name: str
    version: str
    advisory: str
    summary: str


def pins_of(text: str) -> dict[str, Version]:
    """Return the pins of a file by the packages' names; raises :class:`Inconclusive` for a line that is none."""
    pins: dict[str, Version] = {}
    for number, line in enumerate(text.splitlines(), 1):
        said = line.partition("#")[0].strip()
        if not said:
            continue
        found = _PIN.fullmatch(said)
        try:
            version = Version(found[2]) if found else None
        except InvalidVersion:
            version = None
        if not found or version is None:
            raise Inconclusive(f"line {number} pins nothing exactly: {said}")
        name = canonicalize_name(found[1])
        if name in pins:
            raise Inconclusive(f"line {number}: {name} is pinned twice")
        pins[name] = version
    if not pins:
        raise Inconclusive("nothing is pinned")
    return pins


def advisories_in(place: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the advisories of a folder or .zip; raises :class:`Inconclusive` where one cannot be read."""
    for name, text in _texts(place):
        try:
            advisory = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise Inconclusive(f"{place}: {name} cannot be read") from error
        if not isinstance(advisory, dict) or not isinstance(advisory.get("id"), str):
            raise Inconclusive(f"{place}: {name} is no advisory")
        yield advisory


def _texts(place: Path) -> Iterator[tuple[str, bytes]]:
    if place.is_dir():
        yield from ((file.name, file.read_bytes()) for file in sorted(place.rglob("*.json")))
    elif zipfile.is_zipfile(place):
        try:
            with zipfile.ZipFile(place) as archive:
                yield from ((name, archive.read(name)) for name in archive.namelist() if name.endswith(".json"))
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise Inconclusive(f"{place}: damaged, or locked ({error})") from error
    else:
        raise Inconclusive(f"{place}: neither a folder of advisories nor a .zip of them")


def audit(
    pins: Mapping[str, Version], advisories: Iterator[Mapping[str, Any]], now: datetime, least: int
) -> list[Found]:
    """Return the vulnerable pins; raises :class:`Inconclusive` where the advisories are too few or too old."""
    found: list[Found] = []
    seen: set[str] = set()
    newest = ""
    for advisory in advisories:
        seen.add(advisory["id"])
        newest = max(newest, str(advisory.get("modified", "")))
        try:
            named = [] if advisory.get("withdrawn") else list(_named(advisory, pins))
        except (AttributeError, TypeError, ValueError) as error:
            raise Inconclusive(f"{advisory['id']} does not say in the OSV format what it is about") from error
        found += [Found(name, str(pins[name]), advisory["id"], str(advisory.get("summary", ""))) for name in named]
    if len(seen) < least:
        raise Inconclusive(f"only {len(seen)} advisories are there; a whole collection has {least} and more")
    if not newest or now - _moment(newest) > OLDEST:
        raise Inconclusive(f"the newest advisory is of {newest[:10] or 'no day'}; fetch the collection anew")
    if _moment(newest) - now > EARLY:
        raise Inconclusive(f"an advisory is of a day to come ({newest[:10]}), so the collection's age cannot be told")
    return found


def _named(advisory: Mapping[str, Any], pins: Mapping[str, Version]) -> Iterator[str]:
    """Yield the pinned packages that an advisory is about in the version in which they are pinned."""
    for affected in advisory.get("affected", ()):
        package = affected.get("package", {})
        name = canonicalize_name(str(package.get("name", "")))
        if str(package.get("ecosystem")).lower() == "pypi" and name in pins and _hits(affected, pins[name]):
            yield name


def _moment(said: str) -> datetime:
    try:
        moment = datetime.fromisoformat(said)
    except ValueError as error:
        raise Inconclusive(f"an advisory was changed at no time that can be read: {said}") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _hits(affected: Mapping[str, Any], version: Version) -> bool:
    versions = affected.get("versions", ())
    ranges = [one for one in affected.get("ranges", ()) if one.get("type") in {"ECOSYSTEM", "SEMVER"}]
    if not versions and not ranges:
        return True  # of commits alone, or of nothing: who cannot be sure says so
    listed = any(_is(str(one), version) for one in versions)
    return listed or any(_within(one.get("events", ()), version) for one in ranges)


def _is(said: str, version: Version) -> bool:
    try:
        return Version(said) == version
    except InvalidVersion:
        return said == str(version)


def _within(events: Sequence[Mapping[str, str]], version: Version) -> bool:
    """Return whether a version lies where a range has begun and not ended."""
    inside = False
    try:
        for event in sorted(events, key=lambda one: Version(next(iter(one.values())))):
            ((kind, said),) = event.items()
            if kind == "introduced" and version >= Version(said):
                inside = True
            if (kind == "fixed" and version >= Version(said)) or (kind == "last_affected" and version > Version(said)):
                inside = False
    except InvalidVersion:
        return True  # who cannot be sure says so
    return inside


def main(arguments: Sequence[str], now: datetime, least: int = LEAST) -> int:
    """Compare, and say in lines what came of it."""
    if not arguments:
        sys.stdout.write(f"{__doc__}\n")
        return 2
    place, file = Path(arguments[0]), Path(arguments[1] if len(arguments) > 1 else "constraints.txt")
    try:
        pins = pins_of(file.read_text(encoding="utf-8"))
        found = audit(pins, advisories_in(place), now, least)
    except (Inconclusive, OSError) as why:
        sys.stdout.write(f"Nothing can be concluded: {why}\n")
        return 2
    for one in found:
        sys.stdout.write(f"{one.name} {one.version}: {one.advisory} {one.summary}\n")
    sys.stdout.write(f"{len(pins)} pinned packages, {len(found)} findings.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], datetime.now(UTC)))
