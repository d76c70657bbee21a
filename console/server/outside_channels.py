"""The channels of the settings that reach customers through another system."""

from collections.abc import Iterator

from console.desk.channels.channel import Channel
from console.desk.channels.chatwoot import Cable, ChatwootChannel, ChatwootClient
from console.desk.channels.matrix import MatrixChannel, MatrixClient
from console.desk.desk import Desk
from console.server.secret import secret
from console.settings import Settings
from console.workspace import Workspace


def outside_channels(workspace: Workspace, settings: Settings, desk: Desk) -> Iterator[Channel]:
    """Yield the channels that are set up; raises :class:`ContentError` where a secret cannot be read."""
    matrix = settings.matrix
    if matrix.address:
        token = secret(workspace, matrix.token, matrix.token_file, "the Matrix access token")
        client = MatrixClient(matrix.address, token)
        yield MatrixChannel(desk, client)
    chatwoot = settings.chatwoot
    if chatwoot.address:
        token = secret(workspace, chatwoot.token, chatwoot.token_file, "the Chatwoot access token")
        asked = ChatwootClient(chatwoot.address, chatwoot.account, token)
        cable = Cable(chatwoot.address, chatwoot.account)
        yield ChatwootChannel(desk, asked, cable, inbox=chatwoot.inbox)


def other_bots(settings: Settings) -> frozenset[str]:
    """Return the channels on which a bot of their own answers until people take over."""
    return frozenset() if settings.bot.opens else frozenset({ChatwootChannel.name})
