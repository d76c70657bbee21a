"""Tests of the assist engine."""
