"""Tests of the past conversations."""
