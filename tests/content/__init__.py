"""Tests of console.content."""
