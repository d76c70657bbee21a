"""When the bot gives conversations to people."""
