"""The contract of channels, kept by each of them."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from console.store import SqlEventLog
from tests.channels.chatwoot_double import Chatwoot
from tests.channels.contract import ChannelContract
from tests.channels.contract_bot import BotContract
from tests.channels.lines import ChatwootLine, MatrixLine, ReplayLine, WebChatLine
from tests.channels.synapse import Synapse


class TestMatrix(ChannelContract):
    """Over a real Synapse."""

    @pytest.fixture
    def line(self, synapse: Synapse) -> MatrixLine:
        """A customer."""
        return MatrixLine(synapse)


class TestChatwoot(ChannelContract):
    """Over the contract double."""

    @pytest_asyncio.fixture
    async def line(self) -> AsyncIterator[ChatwootLine]:
        """A customer."""
        line = ChatwootLine(Chatwoot())
        await line.start()
        yield line
        await line.go()


class TestWebChat(ChannelContract):
    """Over its own pages."""

    @pytest_asyncio.fixture
    async def line(self) -> AsyncIterator[WebChatLine]:
        """A customer."""
        line = WebChatLine()
        yield line
        await line.go()


class TestReplay(ChannelContract):
    """With a played customer."""

    @pytest.fixture
    def line(self, real_log: SqlEventLog) -> ReplayLine:
        """A customer."""
        return ReplayLine(real_log)


class TestChatwootWithABot(BotContract):
    """Over the contract double, where ``pending`` conversations are the bot's."""

    tells_notices = False

    @pytest_asyncio.fixture
    async def line(self) -> AsyncIterator[ChatwootLine]:
        """A customer."""
        line = ChatwootLine(Chatwoot(), "pending")
        await line.start()
        yield line
        await line.go()


class TestMatrixWithABot(BotContract):
    """Over a real Synapse."""

    @pytest.fixture
    def line(self, synapse: Synapse) -> MatrixLine:
        """A customer."""
        return MatrixLine(synapse)


class TestWebChatWithABot(BotContract):
    """Over its own pages."""

    @pytest_asyncio.fixture
    async def line(self) -> AsyncIterator[WebChatLine]:
        """A customer."""
        line = WebChatLine()
        yield line
        await line.go()
