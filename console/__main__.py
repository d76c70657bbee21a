"""``python -m console`` is ``secondchair``."""

from console.cli import main

main()
