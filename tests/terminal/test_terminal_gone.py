"""A console whose terminal goes away goes, too."""

import os
import pty
import select
import subprocess
import sys
from pathlib import Path


def test_a_console_in_a_session_of_its_own_ends_with_its_terminal(tmp_path: Path) -> None:
    """No signal tells it; it would read nothing, again and again, and never come to an end."""
    keys, screen = pty.openpty()
    nowhere = ("--server", "http://127.0.0.1:9")
    own = {"SECONDCHAIR_TOKEN": "none", "TERM": "xterm-256color", "XDG_CONFIG_HOME": str(tmp_path)}
    console = subprocess.Popen(
        [sys.executable, "-m", "console", *nowhere],
        stdin=screen,
        stdout=screen,
        stderr=screen,
        env=os.environ | own,
        start_new_session=True,
    )
    os.close(screen)
    try:
        painted = b""
        while b"help" not in painted:
            assert select.select([keys], [], [], 60)[0], painted[-2_000:]
            painted += os.read(keys, 65_536)
        os.close(keys)
        assert console.wait(30) == 129
    finally:
        console.kill()
        console.wait()
