"""Back-ups and the way back."""
