"""The command line of practice: options and help here, the work in its command."""

from pathlib import Path
from typing import Annotated

import typer

from console.cli_options import ConfigOption, JsonOption, WorkspaceOption, chosen_workspace

practice_app = typer.Typer(help="Practise with simulated customers.", no_args_is_help=True, rich_markup_mode=None)

Seed = Annotated[int, typer.Option(min=0, help="The same seed and the same answers give the same session.")]
Answers = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, help="Your messages, one a line; an empty line is a long silence."),
]


@practice_app.command("list")
def scenarios(workspace: WorkspaceOption = None, config: ConfigOption = None, json: JsonOption = False) -> None:
    """List the scenarios that can be practised."""
    from console.commands.practice import list_scenarios
    from console.settings import chosen_settings

    chosen = chosen_workspace(workspace)
    list_scenarios(chosen, chosen_settings(config, chosen.config), as_json=json)


@practice_app.command("play")
def play(
    scenario: Annotated[str, typer.Argument(help="Its id, from 'secondchair practice list'.")],
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
    seed: Seed = 1,
    answers: Answers = None,
    json: JsonOption = False,
) -> None:
    """Play a scenario in this terminal, and read what it was worth; nothing is written to the log.

    You are the agent: write your messages, an empty line to let the customer wait, /end to close the chat.
    """
    from console.commands.practice import play_scenario
    from console.settings import chosen_settings

    chosen = chosen_workspace(workspace)
    play_scenario(chosen, chosen_settings(config, chosen.config), scenario, seed, answers, as_json=json)


Into = Annotated[
    Path | None, typer.Option(file_okay=False, help="A folder for the drafts; without it they are printed.")
]


@practice_app.command("make")
def make(
    conversation: Annotated[str, typer.Argument(help="The id of a conversation of the desk's log.")],
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
    into: Into = None,
    json: JsonOption = False,
) -> None:
    """Draft a scenario from a conversation: its words, of a customer who is invented.

    What may still be somebody's own is named. Read all of it before you put it into practice/ of the content.
    """
    from console.commands.scenarios import make
    from console.settings import chosen_settings

    chosen = chosen_workspace(workspace)
    make(chosen, chosen_settings(config, chosen.config), conversation, into, as_json=json)


@practice_app.command("check")
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(exists=True, dir_okay=False, help="Scenario files; all of practice/ without.")
    ] = None,
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Say what is wrong with scenario files, each with its line, and whether they can be won and lost."""
    from console.commands.scenarios import check
    from console.settings import chosen_settings

    chosen = chosen_workspace(workspace)
    check(chosen, chosen_settings(config, chosen.config), files or (), as_json=json)


@practice_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Runs: JSON, also packed with gzip.")],
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
    only: Annotated[list[str] | None, typer.Option(help="The id of a run; may be given again.")] = None,
    resolved: Annotated[bool, typer.Option("--resolved", help="Only runs that ended well.")] = False,
    skill: Annotated[list[str] | None, typer.Option(help="What the drafts train; may be given again.")] = None,
    rules: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="A policy document, whose rules are noted in the drafts."),
    ] = None,
    into: Into = None,
    json: JsonOption = False,
) -> None:
    """Draft scenarios from the runs of a benchmark or another desk; see docs/practice.md for the shape of the file."""
    from console.commands.scenarios import Chosen, import_runs
    from console.settings import chosen_settings

    chosen = chosen_workspace(workspace)
    settings = chosen_settings(config, chosen.config)
    runs = Chosen(tuple(only or ()), resolved, tuple(skill or ()))
    import_runs(chosen, settings, file, runs, rules, into, as_json=json)
