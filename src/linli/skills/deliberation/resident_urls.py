"""Addresses of the residents' pages; what follows ``/v/`` is a code and stands in no log."""

from django.urls import URLPattern, path

from linli.skills.deliberation.views import resident
from linli.skills.deliberation.views.notice import notice_public_paths

app_name = "resident"
urlpatterns: list[URLPattern] = [
    path("v/", resident.vote_enter, name="vote-enter"),
    path("v/<str:code>/", resident.vote_card, name="vote-card"),
    path("v/<str:code>/answer/", resident.vote_answer, name="vote-answer"),
    path("v/<str:code>/vote/", resident.vote_statement, name="vote-statement"),
    path("v/<str:code>/undo/", resident.vote_undo, name="vote-undo"),
    path("v/<str:code>/self/", resident.vote_self, name="vote-self"),
    path("v/<str:code>/own/", resident.vote_own, name="vote-own"),
    path("v/<str:code>/end/", resident.vote_end, name="vote-end"),
    *notice_public_paths,
]
