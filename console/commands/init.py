"""``secondchair init``: a new workspace."""

import os
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from console.commands.outcome import CommandError, say
from console.settings import DEMO_SYSTEM, reference
from console.workspace import Workspace

HISTORY: Final = 61
"""Days of generated history in a demo: two months."""


def init_workspace(workspace: Workspace, *, demo: bool) -> None:
    """Make the folder with its settings and, for the demo, the fictional company's content."""
    if workspace.config.exists():
        raise CommandError(f"{workspace.root}: there is a workspace here already")
    prepare(workspace, demo=demo)
    say(f"Made {workspace.root}. Open it with: secondchair --workspace {workspace.root}")


def prepare(workspace: Workspace, *, demo: bool) -> None:
    """Bring a workspace's folder to be; what is there stays, except that the demo's own content is renewed."""
    workspace.root.mkdir(parents=True, exist_ok=True)
    if demo:
        with as_file(files("console.demo") / "content") as content:
            _renew(content, workspace.content)
    else:
        for part in ("articles", "policies", "macros", "behaviours"):
            (workspace.content / part).mkdir(parents=True, exist_ok=True)
    if not workspace.config.exists():
        text = reference()
        if demo:
            text = text.replace('# source = ""', 'source = "content/scenarios"')
            text = text.replace("# every = 60.0", "every = 45.0")
            text = text.replace("# history = 0", f"history = {HISTORY}")
            text = text.replace("# opens = false", "opens = true")
            text = text.replace("# asks_waiting = false", "asks_waiting = true")
            text = _with_demo_system(text)
        workspace.config.write_text(text, encoding="utf-8")


def _with_demo_system(text: str) -> str:
    """Return the settings with the demo company's order system as the bot's tools."""
    head, section, rest = text.partition("[tools]")
    return head + section + rest.replace('# address = ""', f'address = "{DEMO_SYSTEM}"', 1)


def _renew(content: Path, target: Path) -> None:
    """Make ``target`` hold the files of ``content``: only those that differ are touched, as others may be reading."""
    wanted = {path.relative_to(content) for path in content.rglob("*") if path.is_file()}
    for name in sorted(wanted):
        new, old = content / name, target / name
        if old.exists() and old.read_bytes() == new.read_bytes():
            continue
        old.parent.mkdir(parents=True, exist_ok=True)
        draft = old.with_name(f".{old.name}.{os.getpid()}")
        draft.write_bytes(new.read_bytes())
        draft.replace(old)
    for part in ("articles", "policies", "macros", "behaviours", "scenarios"):
        for path in (target / part).rglob("*"):
            if path.is_file() and path.relative_to(target) not in wanted:
                path.unlink(missing_ok=True)
