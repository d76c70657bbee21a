"""The command line of learning: options and help here, the work in its command."""

from typing import Annotated

import typer

from console.cli_options import ConfigOption, JsonOption, WorkspaceOption, chosen_workspace


def learn(
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
    back: Annotated[bool, typer.Option("--back", help="Go back to the ranker that was in force before.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Train the ranker of suggested replies from what agents decided; it is put in force only if it is better.

    It is trained on earlier decisions and judged on later ones, beside the ranker in force. Servers may run meanwhile:
    they take it up at once. Exit 1 if there is too little to learn from, or nothing to go back from.
    """
    from console.commands.learn import go_back, learn_from
    from console.settings import chosen_settings

    chosen = chosen_workspace(workspace)
    work = go_back if back else learn_from
    raise SystemExit(work(chosen, chosen_settings(config, chosen.config), as_json=as_json))
