"""What the web server has to say to a running console."""

from textual.message import Message


class DeskMoved(Message):
    """The desk server started again and listens elsewhere."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
