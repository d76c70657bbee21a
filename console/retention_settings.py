"""Settings of what is kept and for how long, and of what reaches the log at all."""

from typing import Annotated

from pydantic import Field

from console.toml import Strict

Days = Annotated[int, Field(ge=0, le=36_500)]


class RetentionSettings(Strict):
    """How long things are kept; 0 keeps them. One server looks hourly; `secondchair retention` shows what goes."""

    closed_days: Days = 0
    """Days after which a closed conversation is erased whole, with its files and what was made from it."""
    moods_days: Days = 0
    """Days after which the moods that were read are erased from closed conversations."""
    suggestions_days: Days = 0
    """The same for what was suggested and shown beside the conversation; decisions and ratings stay."""
    lookups_days: Days = 0
    """The same for what the bot's tools answered."""
    questions_days: Days = 0
    """Days after which questions that no article answered are erased."""
    drafts_days: Days = 0
    """Days without news of a conversation after which agents' unsent texts for it are deleted."""


class PrivacySettings(Strict):
    """What of customers' words reaches the log."""

    redact: bool = False
    """Whether phone numbers, e-mail addresses, bank accounts and the like are replaced before they are kept."""
