"""``secondchair init``: a new workspace."""

import hashlib
import json
import os
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from console.commands.outcome import CommandError, say
from console.settings import DEMO_SYSTEM, reference
from console.workspace import Workspace

HISTORY: Final = 61
"""Days of generated history in a demo: two months."""

BROUGHT: Final = "demo-content.json"
"""What of the demo's content was brought, by digest: what a lead changed or published since is left alone."""


def init_workspace(workspace: Workspace, *, demo: bool) -> None:
    """Make the folder with its settings and, for the demo, the fictional company's content."""
    if workspace.config.exists():
        raise CommandError(f"{workspace.root}: there is a workspace here already")
    prepare(workspace, demo=demo)
    say(f"Made {workspace.root}. Open it with: secondchair --workspace {workspace.root}")


def prepare(workspace: Workspace, *, demo: bool) -> None:
    """Bring a workspace's folder to be; what is there stays, except that the demo's own content is renewed.

    Of that, too, stays what somebody has changed since it was brought.
    """
    workspace.root.mkdir(parents=True, exist_ok=True)
    if demo:
        with as_file(files("console.demo") / "content") as content:
            _renew(content, workspace.content, workspace.root / BROUGHT)
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


def _renew(content: Path, target: Path, brought: Path) -> None:
    """Make ``target`` hold the files of ``content``: only those that differ are touched, as others may be reading.

    ``brought`` says what was put there before. A file that is another one by now, or was none of ours, is somebody's.
    """
    before: dict[str, str] | None = json.loads(brought.read_text(encoding="utf-8")) if brought.exists() else None
    wanted = {path.relative_to(content): path.read_bytes() for path in content.rglob("*") if path.is_file()}
    for name, new in sorted(wanted.items()):
        old = target / name
        if old.exists() and (old.read_bytes() == new or _changed(old, (before or {}).get(name.as_posix()))):
            continue
        _put(old, new)
    for part in ("articles", "policies", "macros", "behaviours", "scenarios"):
        for path in (target / part).rglob("*"):
            name = path.relative_to(target)
            ours = before is None or not _changed(path, before.get(name.as_posix(), "")) if path.is_file() else False
            if ours and name not in wanted:
                path.unlink(missing_ok=True)
    known = {name.as_posix(): hashlib.sha256(new).hexdigest() for name, new in sorted(wanted.items())}
    if known != before:
        _put(brought, json.dumps(known, indent=0).encode())


def _changed(path: Path, brought: str | None) -> bool:
    """Return whether a file is another one than was brought; of one of which that is not known, that it is not."""
    return brought is not None and hashlib.sha256(path.read_bytes()).hexdigest() != brought


def _put(path: Path, text: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(text)
    draft.replace(path)
