"""Each widget's style sheet lies beside its module, under the same name."""

from pathlib import Path


def beside(module: str) -> str:
    """Return the ``.tcss`` text beside a module, given its ``__file__``."""
    return Path(module).with_suffix(".tcss").read_text(encoding="utf-8")
