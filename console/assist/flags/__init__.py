"""Flags: the company's policies and the built-in watches over what is written."""
