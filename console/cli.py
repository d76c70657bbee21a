"""The command line: options and help here, the work in :mod:`console.commands`, imported when it is called for."""

import gc
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from console.cli_accounts import account_app, session_app
from console.cli_customer import customer_app
from console.cli_learning import learn
from console.cli_options import (
    AnyRole,
    ConfigOption,
    JsonOption,
    NameOption,
    RoleOption,
    WorkingRole,
    WorkspaceOption,
    chosen_workspace,
)
from console.cli_practice import practice_app
from console.cli_quality import rescore
from console.workspace import Workspace, default_workspace

app = typer.Typer(
    name="secondchair",
    help="An agent-assist console: you lead the conversation, the AI sits in the second chair.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(customer_app, name="customer")
app.add_typer(account_app, name="account")
app.add_typer(session_app, name="session")
app.add_typer(practice_app, name="practice")
app.command()(learn)
app.command()(rescore)

Hits = Annotated[int, typer.Option("-k", min=1, max=1000, help="How many documents.")]


@app.callback(invoke_without_command=True)
def console(
    context: typer.Context,
    server: Annotated[
        str,
        typer.Option(metavar="URL", help="A team's desk server; you sign in, or SECONDCHAIR_TOKEN has a token."),
    ] = "",
    workspace: WorkspaceOption = None,
    role: RoleOption = WorkingRole.AGENT,
    name: NameOption = "",
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Open the console; it starts, or attaches to, the workspace's desk server."""
    if version:
        from console import __version__

        typer.echo(__version__)
        return
    if context.invoked_subcommand is not None:
        if workspace:
            raise typer.BadParameter(f"put it after '{context.invoked_subcommand}'", param_hint="--workspace")
    else:
        from console.commands.console import open_console

        raise SystemExit(open_console(chosen_workspace(workspace), server=server, role=role.value, name=name))


@app.command()
def demo(
    workspace: WorkspaceOption = None,
    role: RoleOption = WorkingRole.AGENT,
    name: NameOption = "",
    speed: Annotated[float, typer.Option(min=0.1, max=100, help="How fast customers write; 1 is as people do.")] = 1.0,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin again: forget the demo's conversations.")] = False,
    later: Annotated[
        int, typer.Option(min=0, max=8, help="Weeks that pass first, generated, by what is in force (for leads).")
    ] = 0,
) -> None:
    """Open the console on a fictional company, customers writing in live."""
    from console.commands.console import open_demo

    where = Workspace(workspace) if workspace else default_workspace("demo")
    raise SystemExit(open_demo(where, role=role.value, name=name, speed=speed, fresh=fresh, later=later))


@app.command()
def init(
    workspace: WorkspaceOption = None,
    with_demo: Annotated[bool, typer.Option("--demo", help="With the demo company's content.")] = False,
) -> None:
    """Make a new workspace."""
    from console.commands.init import init_workspace

    init_workspace(chosen_workspace(workspace), demo=with_demo)


@app.command()
def serve(
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = None,
    replay: Annotated[Path | None, typer.Option(metavar="FILE", help="Play conversations as live customers.")] = None,
    speed: Annotated[float | None, typer.Option(min=0.1, max=1000, help="How fast played customers write.")] = None,
    private: Annotated[bool, typer.Option("--private", hidden=True)] = False,
) -> None:
    """Run the desk server for a team."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's second thread spins, and halves what a server can do
    from console.commands.serve import ServeOptions, run_server

    options = ServeOptions(host, port, replay, speed)
    raise SystemExit(run_server(chosen_workspace(workspace), config, options, private=private))


@app.command()
def web(
    server: Annotated[
        str, typer.Option(metavar="URL", help="A team's desk server; default: the workspace's own, started if need be.")
    ] = "",
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = None,
    public_url: Annotated[
        str | None, typer.Option(metavar="URL", help="The https address of the proxy in front that encrypts.")
    ] = None,
) -> None:
    """Serve the console to browsers; people sign in with a name and a password, or with a token (docs/web.md)."""
    from console.commands.web import WebOptions, run_web

    options = WebOptions(server, host, port, public_url)
    raise SystemExit(run_web(chosen_workspace(workspace), config, options))


@app.command()
def token(
    role: AnyRole,
    name: str,
    label: Annotated[str, typer.Option(help="What it is for; one token of each label is kept.")] = "",
    days: Annotated[int, typer.Option(min=0, max=3650, help="Days after which it ends; 0: when it is replaced.")] = 0,
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
) -> None:
    """Make a token for a person; it is printed once."""
    from console.commands.accounts import make_token

    make_token(chosen_workspace(workspace), config, role.value, name, label=label, days=days)


@app.command()
def index(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH…", help="Folders or files, or the address of a site.")
    ] = None,
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
    private_hosts: Annotated[
        bool, typer.Option("--private-hosts", help="Also read a site of your own network, such as an intranet's.")
    ] = False,
    mend: Annotated[
        bool, typer.Option("--mend", help="First check every file of the index, and make anew what is damaged.")
    ] = False,
) -> None:
    """Add, update or remove documents; only what changed is embedded again.

    With --mend, exit 1 if documents were lost to damage that are not indexed again.
    """
    from console.commands.knowledge import index_documents, mend_index, say_lost

    lost: Mapping[str, int] = {}
    if mend:
        lost = mend_index(chosen_workspace(workspace), config)
    if paths or not mend:
        lost = index_documents(chosen_workspace(workspace), paths or [], config, private_hosts=private_hosts)
    say_lost(lost)
    raise SystemExit(1 if mend and lost else 0)


@app.command()
def search(
    query: Annotated[str | None, typer.Argument(help="What to look for.")] = None,
    queries: Annotated[
        Path | None, typer.Option(metavar="FILE", help='One {"id","query"} or {"id","messages"} a line.')
    ] = None,
    k: Hits = 10,
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Search the knowledge base."""
    from console.commands.knowledge import search_documents

    search_documents(chosen_workspace(workspace), query, queries, k=k, config=config, as_json=as_json)


@app.command(name="import")
def import_(file: Path, workspace: WorkspaceOption = None, config: ConfigOption = None) -> None:
    """Add past conversations, for similar replies and next steps."""
    from console.commands.conversations import import_file

    import_file(chosen_workspace(workspace), file, config)


@app.command()
def assist(file: Path, workspace: WorkspaceOption = None, config: ConfigOption = None) -> None:
    """Replay conversations headless; one line of JSON for every message that is not the agent's."""
    from console.commands.conversations import assist_file

    assist_file(chosen_workspace(workspace), file, config)


@app.command(name="dry-run")
def dry_run(
    behaviours: Annotated[Path, typer.Option(metavar="DIR", help="The folder of behaviours to try.")],
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Conversations as for 'assist'; default: those of the log.")
    ] = None,
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
    days: Annotated[int, typer.Option(min=1, max=3650, help="How many days of the log.")] = 7,
    as_json: JsonOption = False,
) -> None:
    """Say how last week's conversations would have gone under other behaviours; nothing is changed.

    With --json one line a conversation (intent, layer, tier, who works it, from which message on and why, before and
    after), then one with the counts.
    """
    from console.commands.dry_run import dry_run as try_rules

    try_rules(chosen_workspace(workspace), behaviours, file, config, days=days, as_json=as_json)


@app.command()
def redact(file: Path) -> None:
    """Print texts as they would leave the machine for a language model: with placeholders for personal data.

    FILE has one {"id","text"} a line, or a conversation as for 'assist'; "customer" may hold the customer's record. Out
    comes {"id","text","found"}, for a conversation one for each message with "conversation" and "role". "found" lists
    what was taken out: "kind", "text", and its place in the text ("start", "end"). The kinds are name, email, url,
    iban, card, ip, phone, id (any number or code that names one person or thing), postcode, address, birthdate, detail
    (another field of the record) and text (what looks like a placeholder already). Nothing is sent anywhere.
    """
    from console.commands.redact import redact_file

    redact_file(file)


@app.command()
def export(workspace: WorkspaceOption = None) -> None:
    """Print the event log, one JSON object a line."""
    from console.commands.log import export_log

    export_log(chosen_workspace(workspace))


@app.command()
def migrate(
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="URL",
            envvar="SECONDCHAIR_MIGRATE_TO",
            help="postgresql://user:password@host/database; the variable keeps the password out of the process list.",
        ),
    ],
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
) -> None:
    """Move the workspace's event log and files into a team's database, and check them there."""
    from console.commands.migrate import migrate as moved
    from console.settings import chosen_settings

    chosen = chosen_workspace(workspace)
    moved(chosen, chosen_settings(config, chosen.config), to)


@app.command()
def publish(workspace: WorkspaceOption = None, config: ConfigOption = None) -> None:
    """Let all servers of the team judge by the content of this workspace from now on."""
    from console.commands.publish import publish as published
    from console.settings import chosen_settings

    chosen = chosen_workspace(workspace)
    published(chosen, chosen_settings(config, chosen.config))


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="The archive to write; with --keep, a folder.")],
    keep: Annotated[
        int | None, typer.Option(min=1, max=10_000, help="Write into the folder, and delete all but the newest N.")
    ] = None,
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
) -> None:
    """Back up the whole desk while it runs: its log, files, content, accounts and settings; not the audit key."""
    from console.commands.backup import backup as backed_up
    from console.settings import chosen_settings

    chosen = chosen_workspace(workspace)
    backed_up(chosen, chosen_settings(config, chosen.config), target, keep)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An archive that 'backup' wrote.")],
    older: Annotated[
        bool, typer.Option("--older", help="Go back, though newer events were anchored: they are lost.")
    ] = False,
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
) -> None:
    """Restore a desk into an empty workspace (or, with [store] address, an empty database), and check all of it."""
    from console.commands.backup import restore as restored
    from console.settings import chosen_settings

    chosen = chosen_workspace(workspace)
    restored(chosen, chosen_settings(config, chosen.config), file, older=older)


@app.command()
def retention(
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
) -> None:
    """Erase what has been kept as long as [retention] says; a desk server does it by itself, once an hour."""
    from console.commands.retention import retain
    from console.settings import chosen_settings

    chosen = chosen_workspace(workspace)
    retain(chosen, chosen_settings(config, chosen.config), dry_run=dry_run)


@app.command()
def report(
    workspace: WorkspaceOption = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page instead.")] = None,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the weekly figures as a table.")] = None,
    parquet: Annotated[Path | None, typer.Option(metavar="FILE", help="The same as Parquet (needs pyarrow).")] = None,
    weeks: Annotated[int, typer.Option(help="Weeks to look back on: 4, 9, 13 or 26.")] = 9,
) -> None:
    """Say what became of the suggestions, by kind and source, and what the knowledge base lacks."""
    from console.commands.report_book import counted_beside, uncollected

    chosen = chosen_workspace(workspace)
    with counted_beside(chosen) as wait, uncollected():
        from console.commands.report import (  # a second's worth: the other process is at work by then
            Files,
            print_report,
        )

        print_report(chosen, config, as_json=as_json, files=Files(html, csv, parquet), weeks=weeks, wait=wait)


@app.command()
def verify(workspace: WorkspaceOption = None) -> None:
    """Check the audit chain; exit 1 and the first broken event if it fails."""
    from console.commands.log import verify_log

    raise SystemExit(verify_log(chosen_workspace(workspace)))


@app.command()
def doctor(workspace: WorkspaceOption = None, config: ConfigOption = None) -> None:
    """Say what is installed, configured and reachable, and what to do about what is not."""
    from console.commands.doctor import examine

    raise SystemExit(examine(chosen_workspace(workspace), config))


def main() -> NoReturn:
    """Run the command line; a fault becomes one clear line and an exit code, never a traceback."""
    gc.set_threshold(50_000, 20, 50)  # loading makes no garbage, and looking for it took a tenth of a server's start
    os.umask(0o077)  # what is made holds conversations, or tells of them: it is for its owner alone
    try:
        app()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader of our output has gone
        raise SystemExit(0) from None
    except Exception as error:
        from console.commands.outcome import explain

        raise SystemExit(explain(error)) from None
    raise SystemExit(0)
