"""Second Chair: an agent-assist console. The agent leads; the AI sits in the second chair."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("secondchair")
except PackageNotFoundError:  # running from a source tree that was not installed
    __version__ = "0+source"
