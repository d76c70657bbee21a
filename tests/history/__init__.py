"""The generated history of the demo."""
