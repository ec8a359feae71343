"""Gives a document its meaning: from OpenAPI's words to the neutral model."""
