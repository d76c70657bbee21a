"""Names of people: as they are written, as they are compared, and as ids that stand in the log for ever."""

import hashlib
import re
import unicodedata
from collections.abc import Container
from itertools import count
from typing import Final

from console.accounts.errors import AccountsError
from console.text import clean_line

LONGEST_NAME: Final = 60


def written(name: str) -> str:
    """Return a name on one line; raises :class:`AccountsError` where it could not be kept as it was written."""
    plain = " ".join(unicodedata.normalize("NFC", name).split())
    kept = clean_line(name, LONGEST_NAME)
    if not plain:
        raise AccountsError("a token needs the name of a person")
    if kept != plain:
        raise AccountsError(
            f"this name is longer than {LONGEST_NAME} characters or has some that are not shown; "
            "write it with ordinary letters"
        )
    return kept


def compared(name: str) -> str:
    """Return what two spellings of a name have in common: who signs in need not mind capitals and spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def free_id(name: str, taken: Container[str]) -> str:
    """Return an id for a new person, in small plain letters and nobody else's."""
    plain = _plain(name)
    return next(made for n in count(1) if (made := plain if n == 1 else f"{plain}-{n}") not in taken)


def _plain(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return slug or "p-" + hashlib.sha256(name.encode()).hexdigest()[:8]
