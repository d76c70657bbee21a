"""Suggested replies: macros, quotations of articles, and what agents said in similar past moments."""
