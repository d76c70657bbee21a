"""What people ask again and again: how much of it is routine, and behaviours drafted for it."""
