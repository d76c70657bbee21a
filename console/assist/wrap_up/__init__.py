"""Proposes a wrap-up when a conversation is closed: note, disposition, fields, follow-ups, each from its messages."""
