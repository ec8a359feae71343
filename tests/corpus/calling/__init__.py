"""What `python -m corpus.calls` consists of: made-up arguments, a mock server that validates, own checks."""
