"""What the main screen does to open what a customer sent."""

from console.conversation.attachments import Attachment
from console.terminal.said import files_of
from console.terminal.screens.deeds import Deeds


class FileDeeds(Deeds):
    """The ``action_…`` methods for files."""

    _opened = ("", 0)
    """The conversation in which files were opened one after the other, and how many of them."""

    def action_open_file(self, message: str = "", place: int = 0) -> None:
        """Open a file of a message in the browser; without one, the newest, and then the one before it."""
        conversation = self.controller.conversation
        files = files_of(conversation) if conversation else []
        if conversation is None or not files:
            self.console.announce("Nobody has sent a file in this conversation.")
            return
        if message:
            of_message = [attachment for owner, attachment in files if owner.id == message]
            if place < len(of_message):
                self._open(conversation.id, of_message[place], "")
            return
        name, count = self._opened
        count = count + 1 if name == conversation.id and count < len(files) else 1
        self._opened = (conversation.id, count)
        more = f" {count} of {len(files)}; Alt+7 opens the one before." if len(files) > 1 else ""
        self._open(conversation.id, files[-count][1], more)

    def _open(self, conversation: str, attachment: Attachment, more: str) -> None:
        async def ask() -> None:
            address = await self.controller.desk.file_link(conversation, attachment.id)
            self.app.open_url(address)
            self.console.announce(f"Opened in your browser: {attachment.name}.{more}")

        self.do(ask, group="file")
