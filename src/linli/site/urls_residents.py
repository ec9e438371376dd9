"""The addresses of ``linli serve --residents-only``: the residents' pages and nothing else."""

from django.urls import include, path

from linli.core.ui import urls as ui
from linli.site import contributions

contributions.fill()

_ON_EVERY_PAGE = {"language", "text-size"}

urlpatterns = [
    path(
        "",
        include(([entry for entry in ui.urlpatterns if entry.name in _ON_EVERY_PAGE], "ui")),
    ),
    path("", include("linli.skills.deliberation.resident_urls")),
]
