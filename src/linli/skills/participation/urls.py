"""Addresses of this room."""

from django.urls import path

from linli.skills.participation import views

app_name = "participation"
urlpatterns = [
    path("matters/", views.matter_list, name="matter-list"),
    path("matters/new/", views.matter_create, name="matter-create"),
    path("matters/<int:matter_id>/", views.matter_detail, name="matter-detail"),
    path("matters/<int:matter_id>/change/", views.matter_change, name="matter-change"),
    path("matters/<int:matter_id>/move/", views.matter_move, name="matter-move"),
    path("matters/<int:matter_id>/assign/", views.matter_assign, name="matter-assign"),
    path("matters/<int:matter_id>/unassign/", views.matter_unassign, name="matter-unassign"),
]
