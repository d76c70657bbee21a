"""Matrix as a channel: rooms as conversations."""

from console.desk.channels.matrix.channel import MatrixChannel
from console.desk.channels.matrix.client import MatrixClient

__all__ = ["MatrixChannel", "MatrixClient"]
