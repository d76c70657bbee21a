"""What the command palette offers."""

from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import at_work


async def test_no_command_writes_the_screen_to_the_disk() -> None:
    """Customers' data stands on it."""
    async with at_work(FakeDesk(), opened="") as pilot:
        titles = [command.title for command in pilot.app.get_system_commands(pilot.app.screen)]
        assert "Screenshot" not in titles
        assert "Quit" in titles
