"""Chatwoot as a channel: its conversations are the desk's."""

from console.desk.channels.chatwoot.cable import Cable
from console.desk.channels.chatwoot.channel import ChatwootChannel
from console.desk.channels.chatwoot.client import ChatwootClient

__all__ = ["Cable", "ChatwootChannel", "ChatwootClient"]
