"""Bringing documents from the network into a repository: plainly, or through the gateway with a token."""
