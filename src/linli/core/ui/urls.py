"""Addresses of this room."""

from django.urls import path

from linli.core.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.today, name="today"),
    path("ui/", views.styleguide, name="styleguide"),
    path("ui/resident/", views.styleguide_resident, name="styleguide-resident"),
    path("language/", views.language, name="language"),
    path("text-size/", views.text_size, name="text-size"),
]
