"""Practice: simulated customers with a goal and a state, what agents do with them, and what that was worth."""
