"""Tests of console.review."""
