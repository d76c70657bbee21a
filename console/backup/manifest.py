"""What an archive says of itself: each part with its digest, and the end of the log, signed with the audit key."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from console.store.audit import AuditKey, Head

NAME: Final = "manifest.json"
"""It is the archive's last part: one that was cut short has none."""

FORMAT: Final = 1

LOG: Final = "desk.db"
"""The part that holds the log."""

PRACTICE: Final = "practice/desk.db"
"""The part that holds the log of practice, where there is one."""


class NotABackup(Exception):
    """The archive is none, or not whole, or was changed; one line that says which."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of an archive."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The whole. ``workspace`` is the log's id, ``key`` the fingerprint of its audit key."""

    made: str
    """When, as ISO time."""
    program: str
    """The version of the program that made it."""
    workspace: str
    key: str
    events: int
    """The number of the newest event."""
    last: str
    """Its MAC, in hexadecimal digits."""
    parts: Mapping[str, Part] = field(default_factory=dict)

    @property
    def head(self) -> Head:
        """The end of the log's chain."""
        return Head(self.events, bytes.fromhex(self.last))

    def written(self, key: AuditKey) -> bytes:
        """Return the manifest as it is put into the archive."""
        fields = {"format": FORMAT, **asdict(self)}
        return json.dumps({**fields, "mac": _mac(key, fields)}, indent=1).encode()


def read_manifest(data: bytes) -> tuple[Manifest, dict[str, Any]]:
    """Return a manifest and its fields as they were signed, with their ``mac``; raises :class:`NotABackup`."""
    try:
        fields = json.loads(data)
        if fields["format"] != FORMAT:
            raise NotABackup("it was made by another version of the program; restore it with that one")
        parts = {str(name): Part(str(p["sha256"]), int(p["size"])) for name, p in fields["parts"].items()}
        names = ("made", "program", "workspace", "key", "last")
        said = {name: str(fields[name]) for name in names}
        manifest = Manifest(**said, events=int(fields["events"]), parts=parts)
        bytes.fromhex(manifest.last)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise NotABackup("its manifest cannot be read") from error
    return manifest, fields


def require_signed(fields: Mapping[str, Any], key: AuditKey) -> None:
    """Raise :class:`NotABackup` unless the manifest was signed with this key."""
    signed = {name: value for name, value in fields.items() if name != "mac"}
    if not hmac.compare_digest(_mac(key, signed).encode(), str(fields.get("mac")).encode()):
        raise NotABackup("its manifest was changed after it was made: the audit key does not sign it")


def _mac(key: AuditKey, fields: Mapping[str, Any]) -> str:
    return key.sign("backup", json.dumps(fields, sort_keys=True)).hex()
