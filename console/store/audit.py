"""The audit chain: what is signed, and with what.

Each event carries ``mac = HMAC-SHA256(key, metadata, digest, previous)``: ``previous`` is the MAC of the event before
it, and ``digest`` is the salted SHA-256 of its payload. Erasing a payload with its salt leaves the chain whole, and
what was erased cannot be guessed from the digest. Lists are signed as JSON, so no two of them read alike.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Final

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16


class AuditKey:
    """The secret of one workspace's chain; it never shows itself in a message or a log line."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def __repr__(self) -> str:
        return "AuditKey(…)"

    def sign(self, *fields: object) -> bytes:
        """Return the 32-byte HMAC of a list of JSON values."""
        return hmac.digest(self._secret, _bytes(*fields), "sha256")

    @property
    def fingerprint(self) -> str:
        """A short name that tells two keys apart and gives neither away."""
        return self.sign("fingerprint").hex()[:16]


@dataclass(frozen=True, slots=True)
class Record:
    """One row of ``events``, in the order of its columns."""

    seq: int
    batch: int
    conversation: str
    kind: str
    actor: str
    at: str
    channel: str
    external_id: str
    digest: bytes
    previous: bytes
    mac: bytes = b""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: how many events it has, and the MAC of the last one."""

    seq: int
    mac: bytes


def beginning(workspace: str) -> Head:
    """Return the head of an empty log; each workspace has its own, so that no chain can take another's place."""
    return Head(0, hashlib.sha256(_bytes("second chair", workspace)).digest())


def digest(salt: bytes, actor: str, customer: str, payload: str) -> bytes:
    """Return the digest of all that can be erased of an event."""
    return hashlib.sha256(salt + _bytes(actor, customer, payload)).digest()


def event_mac(key: AuditKey, record: Record) -> bytes:
    """Return the MAC that ``record`` must carry."""
    return key.sign(
        record.seq,
        record.batch,
        record.conversation,
        record.kind,
        record.actor,
        record.at,
        record.channel,
        record.external_id,
        record.digest.hex(),
        record.previous.hex(),
    )


def erasure_mark(key: AuditKey, seq: int, mac: bytes) -> bytes:
    """Return the mark that tells an erased payload from one that somebody removed."""
    return key.sign("erased", seq, mac.hex())


def anchor_mac(key: AuditKey, workspace: str, head: Head) -> bytes:
    """Return the MAC of an anchored head."""
    return key.sign("anchor", workspace, head.seq, head.mac.hex())


def _bytes(*fields: object) -> bytes:
    return json.dumps(fields, separators=(",", ":")).encode()
