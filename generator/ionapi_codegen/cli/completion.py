"""`ionapi completion`: what a shell needs to complete commands, options and names."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")

PROGRAM, VARIABLE = "ionapi", "_IONAPI_COMPLETE"


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print a script that makes a shell complete commands, options, packages and files.

    \b
    bash, in ~/.bashrc:                    eval "$(ionapi completion bash)"
    zsh, in ~/.zshrc, after compinit:      eval "$(ionapi completion zsh)"
    fish, once:  ionapi completion fish > ~/.config/fish/completions/ionapi.fish
    """
    from ionapi_codegen.cli import main

    found = get_completion_class(shell)
    if found is None:
        raise AssertionError("click knows the three shells")
    click.echo(found(main, {}, PROGRAM, VARIABLE).source())
