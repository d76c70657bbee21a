"""The summary for whoever takes over."""
