"""Makes typed Python clients from the OpenAPI documents of Infor's ION API gateway, and from any others."""

__version__ = "0.1.0"
