"""Where the desk's own requests go: to what the settings name, and nowhere that a stranger or another server names."""

from typing import Final

import pytest

from console.desk.channels.chatwoot.client import ChatwootClient, leads_inside
from console.desk.channels.matrix.client import MatrixClient
from console.desk.channels.remote import RemoteFault
from tests.security.lying import answering

METADATA: Final = "http://169.254.169.254/latest/meta-data/"


@pytest.mark.parametrize(
    "address",
    [
        METADATA,
        "https://169.254.169.254/",
        "http://[fe80::1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://2852039166/",
        "http://0.0.0.0/",
        "http://127.0.0.1:8630/",
        "http://[::1]/",
        "http://localhost/",
        "http://127.1/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://",
    ],
)
async def test_a_file_of_chatwoots_is_not_looked_for_inside(address: str) -> None:
    """On the machine itself or at a cloud's metadata, however it is written."""
    assert await leads_inside(address)


async def test_a_file_may_lie_in_a_store_of_its_operator() -> None:
    """By number here: what a name leads to is asked of the system."""
    assert not await leads_inside("https://203.0.113.9/bucket/a.png")
    assert not await leads_inside("http://10.0.0.5:9000/bucket/a.png")


@pytest.mark.parametrize("address", [METADATA, "file:///etc/passwd", "//169.254.169.254/x"])
async def test_a_redirect_to_the_inside_is_not_followed(address: str) -> None:
    """The file could not be fetched; nobody was asked for it."""
    async with answering(f"302 Found\r\nLocation: {address}", b"") as chatwoot:
        client = ChatwootClient(chatwoot, 1, "token")
        with pytest.raises(RemoteFault, match="leads where no file"):
            await client.file(f"{chatwoot}/rails/blob/a.png", 1000)
        await client.close()


@pytest.mark.parametrize(
    "address", [METADATA, "https://evil.example/a.png", "file:///etc/passwd", "", "//evil.example/a.png"]
)
async def test_only_chatwoot_itself_is_asked_for_its_files(address: str) -> None:
    """Whatever a message says of where its file lies."""
    client = ChatwootClient("https://chat.example", 1, "token")
    with pytest.raises(RemoteFault, match="does not lie on Chatwoot"):
        await client.file(address, 1000)
    await client.close()


@pytest.mark.parametrize(
    "address",
    [METADATA, "mxc://169.254.169.254/../../admin", "mxc://x/y?z", "mxc://@evil.example/a", "mxc:///a", "mxc://x"],
)
async def test_only_the_homeserver_is_asked_for_files_of_matrix(address: str) -> None:
    """The name of another server is a part of the path, quoted."""
    async with answering("200 OK", b"of the homeserver") as homeserver:
        client = MatrixClient(homeserver, "token")
        try:
            assert await client.media(address, 1000) == b"of the homeserver"
        except RemoteFault as fault:
            assert "no address" in str(fault)  # noqa: PT017 - one of two ends
        await client.close()
