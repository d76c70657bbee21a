"""Where the connection to the desk stands, in words."""

from dataclasses import dataclass
from enum import StrEnum


class Link(StrEnum):
    """The phases of a connection."""

    CONNECTING = "connecting"
    LIVE = "live"
    RECONNECTING = "reconnecting"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Connection:
    """The state of the link: ``detail`` says more, ``seconds`` is the wait before the next try."""

    link: Link = Link.CONNECTING
    detail: str = ""
    milliseconds: float = 0.0
    seconds: int = 0

    @property
    def live(self) -> bool:
        """Whether what the agent does reaches the desk."""
        return self.link is Link.LIVE

    @property
    def words(self) -> str:
        """The state for the top bar."""
        match self.link:
            case Link.CONNECTING:
                return self.detail or "connecting"
            case Link.LIVE:
                return f"live · {self.milliseconds:.0f} ms" if self.milliseconds else "live"
            case Link.RECONNECTING:
                return f"reconnecting in {self.seconds} s" if self.seconds else "reconnecting"
            case Link.REFUSED:
                return "refused"
