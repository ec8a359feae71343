"""Hostile documents and what they must not do."""
