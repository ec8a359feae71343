"""A measurement of the generator over many real documents: `python -m corpus`, see CONTRIBUTING.md."""
