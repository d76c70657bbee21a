"""Whether a message is on Chatwoot already: it keeps no ids of ours, and a lost answer must not mean a second copy."""

from datetime import timedelta
from typing import Final

from console.conversation.message import Message
from console.conversation.state import Conversation
from console.desk.channels.chatwoot.client import ChatwootClient
from console.desk.channels.chatwoot.reading import By

PAGES: Final = 10
"""Pages that are looked back through, of 20 messages each."""

SLACK: Final = timedelta(minutes=10)
"""How far two machines' clocks may be apart."""


async def already_sent(
    client: ChatwootClient, user: int, conversation: int, state: Conversation, message: Message
) -> int:
    """Return the number of the copy that an earlier try of ``user`` left there; 0 where there is none.

    That is the oldest message of ours with these very words that is not known to be another of the desk's.
    """
    known = {int(reference) for reference in state.delivered.values() if reference.isdecimal()}
    found, before = 0, 0
    for _ in range(PAGES):
        page = await client.latest(conversation, before)
        for said in reversed(page):
            if said.id in known or (said.at and message.at and said.at < message.at - SLACK):
                return found
            if said.by is By.USER and said.sender == user and said.text.strip() == message.text.strip():
                found = said.id
        if not page:
            break
        before = page[0].id
    return found
