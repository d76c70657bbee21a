"""Tests of console.server."""
