"""Settings of the console in browsers."""

from typing import Annotated

from pydantic import AfterValidator, Field

from console.addresses import endpoint
from console.toml import Strict


def _public(address: str) -> str:
    address = endpoint(address)
    if address and (not address.startswith("https://") or address.count("/") != 2):  # noqa: PLR2004 - no path behind
        raise ValueError("should be empty, or https:// and a host such as https://console.example, without a path")
    return address


class WebSettings(Strict):
    """The console in browsers, `secondchair web` (docs/web.md)."""

    host: str = "127.0.0.1"
    """Address to listen on; one that is not this machine's own needs public_url."""
    port: Annotated[int, Field(ge=0, le=65535)] = 8630
    """Port to listen on; 0 takes a free one."""
    public_url: Annotated[str, AfterValidator(_public)] = ""
    """The https address that browsers use, where a proxy in front encrypts; empty: only browsers on this machine."""
    desk_url: Annotated[str, AfterValidator(endpoint)] = ""
    """Where browsers reach the desk to open customers' files, where that is not the address used here."""
    company_sign_in: Annotated[str, Field(max_length=60)] = ""
    """Words on the button that signs people in at the company's identity provider ([oidc]); empty: no such button."""
    consoles: Annotated[int, Field(ge=1, le=1000)] = 50
    """Tabs that may be open at the same time; each takes about 70 MB."""
    per_person: Annotated[int, Field(ge=1, le=100)] = 4
    """Tabs that one person may have open."""
    kept_seconds: Annotated[float, Field(ge=5, le=3600)] = 60.0
    """Seconds for which a console goes on after its tab lost the connection."""
    idle_minutes: Annotated[float, Field(gt=0, le=1440)] = 60.0
    """Minutes without a key or a click after which a person is signed out."""
    longest_hours: Annotated[float, Field(gt=0, le=168)] = 12.0
    """Hours after which everybody signs in again."""
