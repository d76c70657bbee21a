"""A workspace: the folder that holds one desk's log, content and indexes. Light to import."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

APP = "secondchair"


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where things lie in a workspace; nothing is created by naming it."""

    root: Path
    team: bool = False
    """Whether it is one server's of several, which all judge by the content that is published in their database."""

    @property
    def config(self) -> Path:
        """The workspace's own settings."""
        return self.root / "config.toml"

    @property
    def content(self) -> Path:
        """The content the desk judges by: articles, policies, macros, behaviours, customers, scenarios."""
        return self.root / "published" if self.team else self.authored

    @property
    def authored(self) -> Path:
        """Content as people write it; a team publishes it from here."""
        return self.root / "content"

    @property
    def knowledge(self) -> Path:
        """The index of the articles."""
        return self.root / "knowledge"

    @property
    def past(self) -> Path:
        """The index of past conversations."""
        return self.root / "past"

    @property
    def questions(self) -> Path:
        """What is known of questions that were asked in vain; can be made again."""
        return self.root / "questions.db"

    @property
    def intents(self) -> Path:
        """The head that tells the intents apart, fitted from the behaviours' examples; can be made again."""
        return self.root / "intents.npz"

    @property
    def books(self) -> Path:
        """What was counted of the log so far, for the lead's pages and the report (mode 0600); can be made again."""
        return self.root / "books"

    @property
    def database(self) -> Path:
        """The event log."""
        return self.root / "desk.db"

    @property
    def practice(self) -> "Workspace":
        """Where the log of practice lies, which is one of its own."""
        return Workspace(self.root / "practice")

    @property
    def files(self) -> Path:
        """Files that came with messages."""
        return self.root / "files"

    @property
    def accounts(self) -> Path:
        """Who may use the desk, with digests of their tokens (mode 0600)."""
        return self.root / "accounts.db"

    @property
    def earlier_accounts(self) -> Path:
        """The same as earlier programs kept it; it is taken over once."""
        return self.root / "accounts.json"

    @property
    def lock(self) -> Path:
        """Held by the desk server that runs on this workspace; tells where it listens and where the credential lies."""
        return self.root / "desk.lock"

    @property
    def last_port(self) -> Path:
        """Where the console's own server listened last: customers' pages that are still open look for it there."""
        return self.root / ".desk.port"

    @property
    def id(self) -> str:
        """A short name for this folder, for files kept outside it."""
        return hashlib.sha256(str(self.root.resolve()).encode()).hexdigest()[:16]


def default_workspace(name: str = "desk") -> Workspace:
    """Return the workspace used when none is named: ``SECONDCHAIR_WORKSPACE`` or the platform's data folder."""
    from platformdirs import user_data_path

    named = os.environ.get("SECONDCHAIR_WORKSPACE")
    return Workspace(Path(named) if named and name == "desk" else user_data_path(APP) / name)


def config_folder() -> Path:
    """Return the folder for what must not lie in a workspace: audit keys, anchored heads, the console's own choices."""
    from platformdirs import user_config_path

    return user_config_path(APP)


def cache_folder() -> Path:
    """Return the folder for what can be made again: the exported model."""
    from platformdirs import user_cache_path

    return user_cache_path(APP)


def runtime_folder() -> Path:
    """Return the folder for credentials of running servers.

    It lies beside the settings, not in a shared runtime folder: those fall back to predictable names under /tmp.
    """
    return config_folder() / "servers"


def private_folder(path: Path) -> Path:
    """Create ``path`` (and its parents) readable by its owner alone, and return it."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.chmod(0o700)
    return path


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all; parents are made for the owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    new.replace(path)
