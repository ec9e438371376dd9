"""Addresses of this room."""

from django.urls import path

from linli.skills.register.views import buildings, doors, roster

app_name = "register"
urlpatterns = [
    path("", buildings.building_list, name="building-list"),
    path("import/", roster.roster_import, name="roster-import"),
    path("import/confirm/", roster.roster_confirm, name="roster-confirm"),
    path("buildings/add/", buildings.building_add, name="building-add"),
    path("buildings/<int:building_id>/", buildings.building_detail, name="building-detail"),
    path("buildings/<int:building_id>/remove/", buildings.building_remove, name="building-remove"),
    path("buildings/<int:building_id>/names/", buildings.names_open, name="names-open"),
    path("buildings/<int:building_id>/captain/", buildings.captain_set, name="captain-set"),
    path("buildings/<int:building_id>/doors/add/", doors.door_add, name="door-add"),
    path("doors/<int:door_id>/", doors.door_detail, name="door-detail"),
    path("doors/<int:door_id>/remove/", doors.door_remove, name="door-remove"),
    path("doors/<int:door_id>/adults/add/", doors.adult_add, name="adult-add"),
    path("adults/<int:adult_id>/remove/", doors.adult_remove, name="adult-remove"),
]
