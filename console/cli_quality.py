"""The command line of quality review: options and help here, the work in its command."""

from typing import Annotated

import typer

from console.cli_options import ConfigOption, WorkspaceOption, chosen_workspace


def rescore(
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
    weeks: Annotated[int, typer.Option(min=1, max=26, help="Conversations closed in so many weeks.")] = 9,
) -> None:
    """Have closed conversations marked anew that were marked by an older rubric than the one in force.

    It is noted in the log; the desk server does it in the background, now or when it runs next. People's marks stay.
    """
    from console.commands.rescore import ask_again
    from console.settings import chosen_settings

    chosen = chosen_workspace(workspace)
    ask_again(chosen, chosen_settings(config, chosen.config), weeks)
