"""``secondchair retention``: what the settings let go of, shown or carried out."""

import typer

from console.commands.outcome import CommandError
from console.commands.progress import shown
from console.desk.retention import Due, Terms, carry_out, due
from console.review.book_file import forget_all
from console.server.assembly import erased_in
from console.server.lock import AlreadyServed, ServerLock
from console.server.log_time import time_in
from console.server.past_folder import PastFolder
from console.server.reading_log import log_to_read
from console.server.retention_terms import retention_terms
from console.server.stores import files_of
from console.settings import Settings
from console.store import open_log
from console.workspace import Workspace, config_folder


def retain(workspace: Workspace, settings: Settings, *, dry_run: bool) -> None:
    """Show what is due by the settings, or erase it. Raises :class:`CommandError` with what to do."""
    terms = retention_terms(settings.retention)
    if not terms.any:
        typer.echo("Everything is kept: no setting in [retention] is above 0.")
        return
    log = log_to_read(workspace, settings)
    if log is None:
        raise CommandError(f"{workspace.root}: there is no event log here, so nothing is kept")
    try:
        found = due(log, terms, time_in(log))
    finally:
        log.close()
    typer.echo(told(found, terms, "Would be erased" if dry_run else "Due"))
    if found.any and not dry_run:
        typer.echo(f"Erased: {_carry_out(workspace, settings, terms)} events.")


def told(found: Due, terms: Terms, title: str) -> str:
    """Return what is due, in lines."""
    if not found.any:
        return "Nothing is old enough to go."
    lines = [f"{title}:"]
    if found.conversations:
        lines.append(f"  {found.conversations:>8,} conversations closed more than {terms.closed} days ago, whole")
    for kind, count in sorted(found.kinds.items()):
        lines.append(f"  {count:>8,} {kind}, older than {terms.kinds[kind]} days")
    if found.drafts:
        lines.append(f"  {found.drafts:>8,} unsent texts, without news for {terms.drafts} days")
    return "\n".join(lines)


def _carry_out(workspace: Workspace, settings: Settings, terms: Terms) -> int:
    lock = ServerLock(workspace)
    try:
        lock.take()
    except AlreadyServed as error:
        raise CommandError(f"{error}; it erases what is due by itself, once an hour") from error
    try:
        log = open_log(workspace.root, config_folder(), address=settings.store.address)
        try:
            files = files_of(workspace, settings, log)
            events = 0
            with shown("Erasing") as show:
                for done in carry_out(log, terms, time_in(log)):
                    events += done.events
                    files.remove(done.files)
                    show(events, 0, "events")
            PastFolder(workspace.past).forget(erased_in(log))
            forget_all(workspace.books)
            return events
        finally:
            log.close()
    finally:
        lock.release()
