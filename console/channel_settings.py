"""Settings of the channels that reach customers through another system, and of what they send along."""

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from console.addresses import endpoint, require_private
from console.toml import Strict


class MatrixSettings(Strict):
    """Matrix: rooms as conversations, bridges to WhatsApp and others behind them."""

    address: Annotated[str, AfterValidator(endpoint)] = ""
    """Base address of the homeserver (https://matrix.example); empty: there is no Matrix channel."""
    token: Annotated[str, Field(repr=False)] = ""
    """Access token of the desk's user; better in the environment as SECONDCHAIR_MATRIX__TOKEN, or in token_file."""
    token_file: str = ""
    """File that holds the token; a relative path is one in the workspace."""
    insecure: bool = False
    """Whether the homeserver may be reached without encryption (http) on another machine."""

    @model_validator(mode="after")
    def _usable(self) -> "MatrixSettings":
        if self.address:
            require_private(self.address, insecure=self.insecure)
            if not self.token and not self.token_file:
                raise ValueError(
                    "'token_file' is missing: name the file that holds the access token of the desk's user"
                )
        return self


class ChatwootSettings(Strict):
    """Chatwoot: one account's conversations, with the channels it has."""

    address: Annotated[str, AfterValidator(endpoint)] = ""
    """Base address of Chatwoot (https://chatwoot.example); empty: there is no Chatwoot channel."""
    account: Annotated[int, Field(ge=0)] = 0
    """Number of the account, as in the address of its pages (/app/accounts/1)."""
    inbox: Annotated[int, Field(ge=0)] = 0
    """Number of the one inbox to take conversations from; 0 takes them from all that the user belongs to."""
    token: Annotated[str, Field(repr=False)] = ""
    """Access token of the desk's user there; better as SECONDCHAIR_CHATWOOT__TOKEN, or in token_file."""
    token_file: str = ""
    """File that holds the token; a relative path is one in the workspace."""
    insecure: bool = False
    """Whether Chatwoot may be reached without encryption (http) on another machine."""

    @model_validator(mode="after")
    def _usable(self) -> "ChatwootSettings":
        if self.address:
            require_private(self.address, insecure=self.insecure)
            if not self.account:
                raise ValueError("'account' is missing: it is the number in the address of its pages, /app/accounts/1")
            if not self.token and not self.token_file:
                raise ValueError(
                    "'token_file' is missing: name the file that holds the access token of the desk's user"
                )
        return self


class AttachmentSettings(Strict):
    """Files that customers send along."""

    megabytes: Annotated[float, Field(gt=0, le=100)] = 10.0
    """Largest file that is taken, in megabytes."""
    per_hour: Annotated[int, Field(ge=0, le=1000)] = 20
    """Files that one customer of the web chat may send in an hour; 0 takes none there."""
    total_megabytes: Annotated[float, Field(gt=0, le=100_000)] = 100.0
    """Megabytes that the files of one customer of the web chat may have together."""
    minutes: Annotated[float, Field(gt=0, le=1440)] = 10.0
    """Minutes for which a link to a file holds."""
