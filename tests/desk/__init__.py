"""Tests of console.desk."""
