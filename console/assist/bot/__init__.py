"""The bot's decisions: pure, from a conversation and what is known, to one typed thing to do."""
