"""Replay: a conversation file or a scenario, played as a live customer who answers what the agent writes."""
