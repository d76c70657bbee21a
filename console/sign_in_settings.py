"""Settings of how staff sign in."""

from typing import Annotated

from pydantic import Field

from console.toml import Strict


class SignInSettings(Strict):
    """How staff sign in to the desk server of a team (docs/security.md)."""

    hours: Annotated[float, Field(gt=0, le=168)] = 12.0
    """Hours after which everybody signs in again."""
    idle_minutes: Annotated[float, Field(gt=0, le=1440)] = 60.0
    """Minutes without any work at a console after which its session ends."""
    failures: Annotated[int, Field(ge=2, le=100)] = 5
    """Wrong passwords in a row, for one account from one address, before the first pause."""
