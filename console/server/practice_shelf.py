"""The practice scenarios of a workspace, read when their files have changed: everything in a session asks for them."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from console.content.customers import load_customers
from console.content.practice import load_practice
from console.practice.scenario import Scenario

Stamps = tuple[tuple[str, int, int, int], ...]


class PracticeShelf:
    """Scenarios by id, of a ``folder`` and the customers' ``records``; ``today`` is the day that theirs count from."""

    def __init__(self, folder: Path, records: Path, today: Callable[[], date]) -> None:
        self._folder, self._records, self._today = folder, records, today
        self._read: tuple[date, Stamps, Mapping[str, Scenario]] | None = None

    def scenarios(self) -> Mapping[str, Scenario]:
        """Return them as they are now; blocks. Raises :class:`ContentError` where one cannot be played."""
        today, stamps = self._today(), self._stamps()
        known = self._read
        if known is not None and known[:2] == (today, stamps):
            return known[2]
        customers = load_customers(self._records, today) if self._records.exists() else {}
        found = {scenario.id: scenario for scenario in load_practice(self._folder, customers, today)}
        self._read = today, stamps, found  # of before they were read: what changed meanwhile is read again
        return found

    def _stamps(self) -> Stamps:
        files = sorted(self._folder.glob("*.toml"))
        return tuple(stamp for path in (*files, self._records) if (stamp := _stamp(path)) is not None)


def _stamp(path: Path) -> tuple[str, int, int, int] | None:
    """Return what tells one state of a file from another; ``None`` where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return path.name, found.st_ino, found.st_mtime_ns, found.st_size
