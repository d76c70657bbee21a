"""Channels: where customers write, and how answers reach them."""
