"""Figures by layer of work, and the agents' load: from one fold of the log."""
