"""Python: from the neutral model to a package of typed, lazily loaded modules."""
