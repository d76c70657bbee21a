"""Signing in at an identity provider, against a real one on this machine that can be made to lie."""
