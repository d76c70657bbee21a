"""What identifies people and things in a text."""
