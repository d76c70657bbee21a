"""The command line of what the desk keeps about a customer: options and help here, the work in its command."""

from pathlib import Path
from typing import Annotated

import typer

from console.cli_options import ConfigOption, WorkspaceOption, chosen_workspace

customer_app = typer.Typer(help="What the desk keeps about a customer.", no_args_is_help=True, rich_markup_mode=None)


@customer_app.command(name="export")
def export_customer(
    customer: Annotated[str, typer.Argument(metavar="ID", help="The customer's id, as 'secondchair export' shows it.")],
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="The .zip; default: customer-ID.zip.")] = None,
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
) -> None:
    """Write all that the desk keeps about a customer into a .zip: conversations to read, events, record, files."""
    from console.commands.customer import export_customer as exported
    from console.settings import chosen_settings

    chosen = chosen_workspace(workspace)
    raise SystemExit(exported(chosen, chosen_settings(config, chosen.config), customer, to))


@customer_app.command(name="erase")
def erase_customer(
    customer: Annotated[str, typer.Argument(metavar="ID", help="The customer's id, as 'export' shows it.")],
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
) -> None:
    """Erase every conversation of a customer, the files in them and what was made from them, for good.

    Servers may run meanwhile. What stays names nobody: the numbers, kinds and times of the events, so that 'verify'
    still holds.
    """
    from console.commands.customer import erase
    from console.settings import chosen_settings

    chosen = chosen_workspace(workspace)
    erase(chosen, chosen_settings(config, chosen.config), customer, sure=yes)
