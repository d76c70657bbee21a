"""Authored content: policies, macros, behaviours, customers and scenarios, read from files and checked."""
