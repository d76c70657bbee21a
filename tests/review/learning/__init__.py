"""Tests of console.review.learning."""
