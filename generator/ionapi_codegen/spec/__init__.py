"""Reading documents: bytes to one tree of OpenAPI 3.1 shape in which every value knows its place."""
