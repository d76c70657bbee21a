"""The anchored head: how far the chain reached, kept outside the database.

One chain runs through the whole workspace, so its last number and MAC stand for every conversation: a dropped tail ends
short of the anchor, and a conversation that was cut out leaves a gap or, renumbered, breaks every MAC after it. The
anchor is replaced after each commit without waiting for the disk: after a crash it may be older than the log, never
newer, and the chain from there on proves the rest. It is signed, so that only a holder of the key can move it back.
"""

import json
import os
import secrets
import time
from pathlib import Path
from typing import Final

from console.store.audit import AuditKey, Head, anchor_mac

_LEFT_BEHIND: Final = 60.0
"""Seconds after which a half-written anchor is nobody's any more; writing one takes less than a thousandth of that."""


class AnchorDamaged(ValueError):
    """The file is no anchor: a power cut may leave it empty, as nobody waits for the disk."""


class Anchor:
    """The anchor file of one workspace, ``ID.anchor`` in the config folder; ``place`` is where its database lies."""

    def __init__(self, folder: Path, workspace: str, key: AuditKey, place: str) -> None:
        self.path = folder / f"{workspace}.anchor"
        self._new = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}")  # each writer has its own
        self.workspace = workspace
        self._key = key
        self._place = place

    def write(self, head: Head) -> None:
        """Anchor ``head``, whole or not at all, one thread at a time; raises ``OSError`` when it cannot."""
        mac = anchor_mac(self._key, self.workspace, head)
        text = json.dumps({"place": self._place, "events": head.seq, "last": head.mac.hex(), "mac": mac.hex()})
        descriptor = os.open(self._new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(descriptor, text.encode())
        finally:
            os.close(descriptor)
        self._new.replace(self.path)

    def prepare(self) -> None:
        """Make the folder, and clear away what killed writers left half written; raises ``OSError``."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        for left in self.path.parent.glob(f".{self.path.name}.*"):
            if left.stat().st_mtime < time.time() - _LEFT_BEHIND:
                left.unlink(missing_ok=True)

    def read(self) -> Head | None:
        """Return the anchored head; ``None`` where there is none.

        Raises :class:`AnchorDamaged` for what is no anchor, and another ``ValueError`` for one that is not ours.
        """
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        try:
            fields = json.loads(text)
            head = Head(int(fields["events"]), bytes.fromhex(fields["last"]))
            mac = bytes.fromhex(fields["mac"])
        except (ValueError, KeyError, TypeError) as error:
            raise AnchorDamaged(f"the anchor {self.path} is damaged") from error
        if mac != anchor_mac(self._key, self.workspace, head):
            raise ValueError(f"the anchor {self.path} was not written with this workspace's key")
        return head


def anchored_at(folder: Path, place: str) -> int:
    """Return how many events were anchored of a log at ``place``, whatever its id; 0 where none were."""
    found = 0
    for path in folder.glob("*.anchor"):
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
            if fields["place"] == place:
                found = max(found, int(fields["events"]))
        except (OSError, ValueError, KeyError, TypeError):
            continue  # what is no anchor says nothing about this place
    return found
