"""Mood and the risk of escalation, read from what the customer writes."""
