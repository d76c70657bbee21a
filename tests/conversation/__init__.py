"""Tests of console.conversation."""
