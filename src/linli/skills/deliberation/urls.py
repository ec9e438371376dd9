"""Addresses of this room."""

from django.urls import URLPattern, path

from linli.skills.deliberation.desk_urls import code_paths, paper_paths
from linli.skills.deliberation.views import asking, moderation, notice, polis, results

app_name = "deliberation"

asking_paths = [
    path("", asking.asking_list, name="asking-list"),
    path("matters/<int:matter_id>/askings/new/", asking.asking_create, name="asking-create"),
    path("askings/<int:asking_id>/", asking.asking_detail, name="asking-detail"),
    path("askings/<int:asking_id>/edit/", asking.asking_edit, name="asking-edit"),
    path("askings/<int:asking_id>/discard/", asking.asking_discard, name="asking-discard"),
    path("askings/<int:asking_id>/open/", asking.asking_open, name="asking-open"),
    path("askings/<int:asking_id>/close/", asking.asking_close, name="asking-close"),
    path("askings/<int:asking_id>/recount/", asking.asking_recount, name="asking-recount"),
    path(
        "askings/<int:asking_id>/statements/new/", asking.statement_create, name="statement-create"
    ),
]
moderation_paths = [
    path(
        "askings/<int:asking_id>/moderation/",
        moderation.moderation_queue,
        name="moderation-queue",
    ),
    path(
        "askings/<int:asking_id>/moderation/<int:statement_id>/",
        moderation.moderation_decide,
        name="moderation-decide",
    ),
    path(
        "askings/<int:asking_id>/moderation/log/",
        moderation.moderation_log,
        name="moderation-log",
    ),
    path(
        "askings/<int:asking_id>/moderation/log/download/",
        moderation.moderation_log_download,
        name="moderation-log-download",
    ),
]
result_paths = [
    path("askings/<int:asking_id>/results/", results.results, name="results"),
    path("askings/<int:asking_id>/map/", results.map, name="map"),
]
notice_paths = [
    path(
        "askings/<int:asking_id>/notices/<slug:kind>/",
        notice.notice_preview,
        name="notice-preview",
    ),
    path(
        "askings/<int:asking_id>/notices/<slug:kind>/post/",
        notice.notice_post,
        name="notice-post",
    ),
    path("notices/<int:notice_id>/", notice.notice_detail, name="notice-detail"),
    path("notices/<int:notice_id>/print/", notice.notice_print, name="notice-print"),
    path("notices/<int:notice_id>/pdf/", notice.notice_pdf, name="notice-pdf"),
]
polis_paths = [
    path("polis/import/", polis.polis_import, name="polis-import"),
    path("askings/<int:asking_id>/polis-export/", polis.polis_export, name="polis-export"),
]
urlpatterns: list[URLPattern] = [
    *asking_paths,
    *code_paths,
    *paper_paths,
    *moderation_paths,
    *result_paths,
    *notice_paths,
    *polis_paths,
]
