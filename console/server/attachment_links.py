"""Links under which a browser opens a file for a while: signed, so that they need no sign-in and cannot be guessed."""

import hashlib
import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

LINK_SECONDS: Final = 600.0
"""How long a link holds, unless the settings say otherwise."""


@dataclass(frozen=True, slots=True)
class Links:
    """Signs with ``key``; a link holds for ``seconds``. ``clock`` yields seconds since 1970."""

    key: bytes
    seconds: float
    clock: Callable[[], float] = time.time

    def path(self, conversation: str, attachment: str) -> str:
        """Return the path and query under which a file opens from now on."""
        until = int(self.clock() + self.seconds)
        place = f"/attachments/{quote(conversation, safe='')}/{attachment}"
        return f"{place}?until={until}&signature={self._signature(conversation, attachment, until)}"

    def holds(self, conversation: str, attachment: str, until: int, signature: str) -> bool:
        """Return whether a link was made here for this file, and still holds."""
        right = self._signature(conversation, attachment, until)
        return hmac.compare_digest(right, signature) and self.clock() < until

    def _signature(self, conversation: str, attachment: str, until: int) -> str:
        said = "\x00".join(("attachment", conversation, attachment, str(until))).encode()
        return hmac.new(self.key, said, hashlib.sha256).hexdigest()
