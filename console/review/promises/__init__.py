"""Promises to customers that were left behind at a closing, and what became of them."""
