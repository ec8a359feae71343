"""The neutral model of an API, and what is derived from it."""
