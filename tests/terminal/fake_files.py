"""The part of the fake desk that gives out files."""


class FakeFiles:
    """Gives a link to every file."""

    async def file_link(self, conversation: str, attachment: str) -> str:
        """Return an address."""
        return f"http://desk.test/attachments/{conversation}/{attachment}?until=1"
