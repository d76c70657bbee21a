"""What a console process may know: no secret of the server, and nothing that it does not need."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Final

PASSED: Final = (
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "PYTHONPATH",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "SYSTEMROOT",
)
"""Variables of the server that are handed on, where they are set."""


def child_environment(servers: Mapping[str, str], zone: str) -> dict[str, str]:
    """Return the environment of a console for a person in a time zone (``Europe/Paris``; empty: the server's)."""
    environment = {name: servers[name] for name in PASSED if name in servers}
    environment |= {
        "PYTHONUTF8": "1",
        "TERM_PROGRAM": "textual",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TEXTUAL_FPS": "60",
    }
    if zone:
        environment |= {"TZ": zone, "TZDIR": str(files("tzdata") / "zoneinfo")}
    elif "TZ" in servers:
        environment["TZ"] = servers["TZ"]
    return environment
