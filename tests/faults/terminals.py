"""The console as a process on a terminal of its own, with the keys of an agent and the text that it painted."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import threading
from pathlib import Path

from tests.desks import until

SIZE = (160, 48)


class Terminal:
    """``secondchair --server URL`` of one member of staff; ``folder`` is their home."""

    def __init__(self, url: str, token: str, folder: Path) -> None:
        self.painted = ""
        self._keys, screen = pty.openpty()
        fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
        kinds = {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("CONFIG", "CACHE", "DATA", "STATE")}
        own = {"TERM": "xterm-256color", "SECONDCHAIR_TOKEN": token, "HOME": str(folder)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "console", "--server", url],
            stdin=screen,
            stdout=screen,
            stderr=screen,
            env={k: v for k, v in os.environ.items() if k not in {"COLUMNS", "LINES"}} | kinds | own,  # the pty says
            start_new_session=True,
        )
        os.close(screen)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    async def shows(self, text: str, within: float = 60) -> None:
        """Wait until a text was painted, from now on or before."""
        try:
            await until(lambda: text in self.painted, within)
        except TimeoutError as error:
            found = " ".join(self.painted.split())[-1500:]
            raise AssertionError(f"{text!r} was not painted; {found!r} was") from error
        self.painted = ""

    def press(self, keys: str) -> None:
        """Send keys as a terminal sends them."""
        os.write(self._keys, keys.encode())

    def kill(self) -> None:
        """Kill it, with nothing finished."""
        self._process.kill()
        self._process.wait()
        self._reader.join(10)
        os.close(self._keys)

    def _read(self) -> None:
        rest = b""
        while True:
            try:
                chunk = os.read(self._keys, 65536)
            except OSError:  # the console has gone
                return
            text = (rest + chunk).decode("utf-8", "ignore")
            cut = text.rfind("\x1b")
            whole = cut < 0 or re.match(r"\x1b(\[[0-9;?<=>]*[@-~]|[^\[])", text[cut:])
            rest = b"" if whole else text[cut:].encode()
            self.painted += re.sub(r"\x1b(\[[0-9;?<=>]*[@-~]|[^\[])", "", text if whole else text[:cut])
