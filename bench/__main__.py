"""Run every measurement, or those named: ``python -m bench [NAME …]``. Each is a module here with a ``main()``."""

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path


def names() -> list[str]:
    """Return the modules of this package that measure something."""
    found = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))
    return [name for name in found if hasattr(import_module(f"bench.{name}"), "main")]


def run(name: str) -> None:
    """Run one measurement with an empty command line of its own."""
    sys.argv = [f"bench.{name}"]
    print(f"\n== {name}", flush=True)
    import_module(f"bench.{name}").main()


if __name__ == "__main__":
    asked = sys.argv[1:]
    unknown = [name for name in asked if find_spec(f"bench.{name}") is None]
    if unknown:
        sys.exit(f"there is no measurement '{unknown[0]}'; there are: {', '.join(names())}")
    for each in asked or names():
        run(each)
