"""Options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from console.workspace import Workspace, default_workspace

WorkspaceOption = Annotated[
    Path | None,
    typer.Option("--workspace", metavar="DIR", help="Folder of the desk; default: the platform's data folder."),
]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Settings; default: config.toml in the workspace.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]


class AnyRole(StrEnum):
    """Roles a token or an account may have."""

    AGENT = "agent"
    LEAD = "lead"
    TRAINER = "trainer"
    DESIGNER = "designer"
    ADMIN = "admin"


def chosen_workspace(named: Path | None) -> Workspace:
    """Return the workspace named, or the one that is used when none is."""
    return Workspace(named) if named else default_workspace()


class WorkingRole(StrEnum):
    """As whom to open the console."""

    AGENT = "agent"
    LEAD = "lead"
    TRAINER = "trainer"


RoleOption = Annotated[WorkingRole, typer.Option(help="As whom to work.")]
NameOption = Annotated[str, typer.Option(help="Your name, as customers see it; default: your user's name.")]
