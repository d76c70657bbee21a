"""``secondchair publish``: a team's servers judge by what is published, whichever of them is asked."""

import typer

from console.commands.outcome import CommandError
from console.content.loader import load_library
from console.settings import Settings
from console.store import open_log
from console.workspace import Workspace, config_folder


def publish(workspace: Workspace, settings: Settings) -> None:
    """Check the workspace's content and publish it; raises :class:`CommandError` with what to do."""
    from console.server.published import publish as published
    from console.store.postgres import PostgresDatabase
    from console.store.postgres.content import PublishedContent

    if not settings.store.address:
        raise CommandError(
            "there is nothing to publish to: a desk without [store] address judges by its folder as it is"
        )
    if not workspace.authored.is_dir():
        raise CommandError(f"{workspace.authored.resolve()}: there is no such folder of content")
    library = load_library(workspace.authored)
    log = open_log(workspace.root, config_folder(), address=settings.store.address)
    try:
        assert isinstance(log.database, PostgresDatabase)  # noqa: S101 - that is what an address opens
        done = published(PublishedContent(log.database), workspace.authored)
    finally:
        log.close()
    assert done is not None  # noqa: S101 - it is not for the first time only
    for doubt in library.doubts:
        typer.echo(f"doubtful: {doubt}", err=True)
    parts = {"added": done.added, "changed": done.changed, "removed": done.removed}
    changes = [f"{len(paths)} {word}" for word, paths in parts.items() if paths]
    typer.echo(f"Published {library.edition}: {', '.join(changes) or 'nothing has changed'}.")
