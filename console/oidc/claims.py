"""What an identity provider says of a person, read as the settings map it; pure.

A person is who they are by the issuer and their subject there, and by nothing else: e-mail addresses and names are
given away again, and some providers let people choose them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from console.conversation.people import Role
from console.text import clean_line

LONGEST_SUBJECT: Final = 255
"""Characters of a subject, by OpenID Connect Core §2."""

LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom a provider vouches for. ``roles`` are in the order of the mapping; none where no group leads to one."""

    issuer: str
    subject: str
    name: str
    roles: tuple[Role, ...]


def read_claims(claims: Mapping[str, Any], role_claim: str, mapping: Sequence[tuple[str, Role]]) -> Vouched | None:
    """Return whom the claims of a checked ID token are about; ``None`` for a subject that is none.

    ``role_claim`` names the claim that holds groups or roles (``groups``, ``realm_access.roles``); ``mapping`` says
    which of its values leads to which role.
    """
    issuer, subject = claims.get("iss"), claims.get("sub")
    if not isinstance(issuer, str) or not isinstance(subject, str):
        return None
    if not subject or len(subject) > LONGEST_SUBJECT or not (subject.isascii() and subject.isprintable()):
        return None
    held = _values(_found(claims, role_claim)) if role_claim else frozenset()
    roles = tuple(dict.fromkeys(role for group, role in mapping if group in held))
    return Vouched(issuer, subject, _name(claims) or subject[:LONGEST_NAME], roles)


def _name(claims: Mapping[str, Any]) -> str:
    for claim in ("name", "preferred_username"):
        value = claims.get(claim)
        if isinstance(value, str) and (name := clean_line(value)[:LONGEST_NAME].strip()):
            return name
    return ""


def _found(claims: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401 - JSON
    """Return the claim of this very name, or at this path."""
    if path in claims:
        return claims[path]
    value: Any = claims
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _values(value: Any) -> frozenset[str]:  # noqa: ANN401 - JSON
    """Return the texts of a claim: one, or a list of them; whatever else is in it leads to no role."""
    if isinstance(value, str):
        return frozenset({value})
    return frozenset(one for one in value if isinstance(one, str)) if isinstance(value, list) else frozenset()
