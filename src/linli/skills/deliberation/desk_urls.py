"""Addresses of the desk's side of codes and paper; ``urls`` takes them in."""

from django.urls import path

from linli.skills.deliberation.views import codes, paper

code_paths = [
    path("askings/<int:asking_id>/codes/", codes.code_list, name="code-list"),
    path("askings/<int:asking_id>/codes/issue/", codes.code_issue, name="code-issue"),
    path(
        "askings/<int:asking_id>/codes/buildings/<int:building_id>/",
        codes.code_building,
        name="code-building",
    ),
    path("askings/<int:asking_id>/codes/replace/", codes.code_replace, name="code-replace"),
    path("askings/<int:asking_id>/codes/withdraw/", codes.code_withdraw, name="code-withdraw"),
]
paper_paths = [
    path("askings/<int:asking_id>/paper/", paper.paper_enter, name="paper-enter"),
]
