"""The `.ionapi` file as the generator sees it: read, checked, and stripped of its secrets."""
