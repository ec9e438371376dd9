"""The log, for the head and the overseer."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.core.accounts.access import MemberRequest, requires
from linli.core.accounts.forms import LogFilterForm
from linli.core.audit.selectors import lines_of

_LINES_A_PAGE = 50


@requires("audit.view_log")
@require_safe
def log_list(request: MemberRequest) -> HttpResponse:
    """Show who did what, when and why; of persons only those who did it."""
    committee_id = request.user.committee_id
    form = LogFilterForm(request.GET, committee_id=committee_id)
    wanted = form.cleaned_data if form.is_valid() else {}
    person = wanted.get("person")
    lines = lines_of(
        committee_id, part=wanted.get("part", ""), actor_id=person.pk if person else None
    )
    page = Paginator(lines, _LINES_A_PAGE).get_page(request.GET.get("page"))
    query = "&" + urlencode({name: form.data.get(name, "") for name in form.fields})
    status = 200 if form.is_valid() else 422
    return render(
        request,
        "accounts/log_list.html",
        {"form": form, "page": page, "query": query},
        status=status,
    )
