"""Asks an identity provider (OpenID Connect) who somebody is: authorisation code with PKCE."""
