"""What the desk forgets, and what it never shows."""
