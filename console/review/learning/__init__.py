"""Learning from what agents do with suggested replies."""
