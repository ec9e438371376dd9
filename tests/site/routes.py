"""Every address of the workbench, with its view, for the tests that walk them all."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import get_converters


@dataclass(frozen=True)
class Route:
    """One address."""

    name: str
    pattern: str
    view: Any
    converters: dict[str, str]

    @property
    def is_api(self) -> bool:
        return self.pattern.startswith("api/")


def routes(urlconf: str = "linli.site.urls") -> list[Route]:
    return list(_walk(get_resolver(urlconf), "", ""))


def _walk(resolver: URLResolver, prefix: str, space: str) -> Iterator[Route]:
    kinds = {type(converter): name for name, converter in get_converters().items()}
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            name = ":".join(part for part in (space, entry.namespace or "") if part)
            yield from _walk(entry, pattern, name)
        elif isinstance(entry, URLPattern):
            yield Route(
                name=f"{space}:{entry.name}",
                pattern=pattern,
                view=entry.callback,
                converters={
                    key: kinds[type(converter)]
                    for key, converter in entry.pattern.converters.items()
                },
            )
