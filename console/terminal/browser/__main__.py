"""``python -m console.terminal.browser``: the console of one tab; only the web server starts it."""

import os
import sys

from console.terminal.browser.hello import NoHello, read_hello


def main() -> int:
    """Read the greeting, then show the console until it is left; returns the exit code."""
    from console.terminal.app import run
    from console.terminal.browser.app import BrowserConsole, Where

    try:
        hello = read_hello(sys.__stdin__.fileno() if sys.__stdin__ else 0)
    except NoHello as error:
        sys.stderr.write(f"{error}\n")
        return 2
    os.environ["COLUMNS"], os.environ["ROWS"] = str(hello.width), str(hello.height)  # where the driver looks
    return run(Where(hello.desk, hello.token, hello.address), config_folder=hello.folder, app=BrowserConsole)


if __name__ == "__main__":
    raise SystemExit(main())
