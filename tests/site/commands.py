"""Every command of ``linli``, as it is typed."""

from collections.abc import Iterator

import click


def command_paths(group: click.Command, prefix: str = "linli") -> Iterator[str]:
    context = click.Context(group)
    if isinstance(group, click.Group):
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None
            yield from command_paths(command, f"{prefix} {name}")
    else:
        yield prefix
