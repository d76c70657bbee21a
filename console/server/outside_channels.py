"""The channels of the settings that reach customers through another system."""

from collections.abc import Iterator
from typing import Final

from console.desk.channels.channel import Channel
from console.desk.channels.chatwoot import Cable, ChatwootChannel, ChatwootClient
from console.desk.channels.matrix import MatrixChannel, MatrixClient
from console.desk.desk import Desk
from console.server.secret import secret
from console.settings import Settings
from console.workspace import Workspace

ON_MATRIX: Final = "wrote on Matrix"
"""Why people take over at once, where no bot answers first."""


def outside_channels(workspace: Workspace, settings: Settings, desk: Desk) -> Iterator[Channel]:
    """Yield the channels that are set up; raises :class:`ContentError` where a secret cannot be read."""
    matrix = settings.matrix
    if matrix.address:
        token = secret(workspace, matrix.token, matrix.token_file, "the Matrix access token")
        client = MatrixClient(matrix.address, token)
        yield MatrixChannel(desk, client, handover="" if matrix.bot else ON_MATRIX)
    chatwoot = settings.chatwoot
    if chatwoot.address:
        token = secret(workspace, chatwoot.token, chatwoot.token_file, "the Chatwoot access token")
        asked = ChatwootClient(chatwoot.address, chatwoot.account, token)
        cable = Cable(chatwoot.address, chatwoot.account)
        yield ChatwootChannel(desk, asked, cable, inbox=chatwoot.inbox)
