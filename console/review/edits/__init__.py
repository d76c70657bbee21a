"""Why agents changed suggested replies: read from what was suggested and what was sent."""
