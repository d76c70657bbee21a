"""Settings of the server itself: where it listens, who may look at its figures, what it writes down."""

import ipaddress
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from console.toml import Strict


def _networks(proxies: tuple[str, ...]) -> tuple[str, ...]:
    for one in proxies:
        try:
            ipaddress.ip_network(one)
        except ValueError:
            raise ValueError(f"'{one}' should be an address or a network, such as 10.0.0.7 or 10.0.0.0/24") from None
    return proxies


class ServerSettings(Strict):
    """The HTTP server of `secondchair serve`."""

    host: str = "127.0.0.1"
    """Address to listen on; another than this machine's needs a certificate, or a proxy (behind_proxy)."""
    port: Annotated[int, Field(ge=0, le=65535)] = 8620
    """Port to listen on; 0 takes a free one."""
    hosts: tuple[str, ...] = ()
    """Further host names by which browsers may reach the web chat (its own address is always allowed)."""
    certificate: str = ""
    """File with the certificate (PEM, with its chain) for encryption; a relative path is one in the workspace."""
    key: str = ""
    """File with the certificate's private key (PEM, without a password)."""
    behind_proxy: bool = False
    """Whether a proxy in front ends the encryption and passes requests on."""
    proxies: Annotated[tuple[str, ...], AfterValidator(_networks)] = ("127.0.0.1", "::1")
    """Addresses or networks of that proxy: whom it names (X-Forwarded-For) is believed, others are not."""
    drain_seconds: Annotated[float, Field(ge=0, le=300)] = 10.0
    """Seconds in which a server of several that is told to end (SIGTERM) sees its work through and hands it on."""

    @model_validator(mode="after")
    def _whole(self) -> "ServerSettings":
        if bool(self.certificate) != bool(self.key):
            missing = "key" if self.certificate else "certificate"
            raise ValueError(f"'{missing}' is missing: a certificate and its key are named together")
        return self


class MetricsSettings(Strict):
    """Figures of the server for Prometheus, at /metrics; this machine may always read them, but for behind_proxy."""

    token_file: str = ""
    """File with the token that reads them from elsewhere; a relative path is one in the workspace."""


class LogSettings(Strict):
    """What the server writes down of its own work, as lines of JSON on standard error; never what people wrote."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    """The least that is written down; debug names every request by its route."""
