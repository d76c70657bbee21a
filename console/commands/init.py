"""``secondchair init``: a new workspace."""

import shutil
from importlib.resources import as_file, files

from console.commands.outcome import CommandError, say
from console.settings import reference
from console.workspace import Workspace


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
            for part in ("articles", "policies", "macros", "behaviours", "scenarios"):
                shutil.rmtree(workspace.content / part, ignore_errors=True)
            shutil.copytree(content, workspace.content, dirs_exist_ok=True)
    else:
        for part in ("articles", "policies", "macros", "behaviours"):
            (workspace.content / part).mkdir(parents=True, exist_ok=True)
    if not workspace.config.exists():
        text = reference()
        if demo:
            text = text.replace('# source = ""', 'source = "content/scenarios"').replace(
                "# every = 60.0", "every = 45.0"
            )
        workspace.config.write_text(text, encoding="utf-8")
