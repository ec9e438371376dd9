"""Every address of the workbench."""

from django.urls import include, path

from linli.site import api, contributions

contributions.fill()

urlpatterns = [
    path("", include("linli.core.ui.urls")),
    path("api/", api.urls),
    path("accounts/", include("linli.core.accounts.urls")),
    path("register/", include("linli.skills.register.urls")),
    path("participation/", include("linli.skills.participation.urls")),
    path("deliberation/", include("linli.skills.deliberation.urls")),
    path("", include("linli.skills.deliberation.resident_urls")),
]
