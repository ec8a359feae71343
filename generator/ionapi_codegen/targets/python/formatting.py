"""black, for text whose layout may not be black's own: what came from templates of a user's own."""

from __future__ import annotations


def formatted(text: str) -> str:
    """The module as black prints it with its default settings.

    Modules of our own templates are emitted in that layout already and do not pass here: black takes
    seconds for each megabyte.
    """
    # Late: importing black costs a tenth of a second, which most runs need not spend.
    import black

    return black.format_str(text, mode=black.Mode())
