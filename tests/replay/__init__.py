"""Tests of console.replay."""
