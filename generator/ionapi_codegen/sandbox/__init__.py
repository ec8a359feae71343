"""A local ION API gateway with an authorization server: documents answer calls without a tenant, or a
network.

Needs the extra `ionapi-codegen[sandbox]`. `server.Sandbox` is for tests, `ionapi sandbox` for people.
"""
