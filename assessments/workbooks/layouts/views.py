"""How the sheets of an upload are read: which column is what; the layouts that an office keeps."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from accounts.permissions import Permission, may, require_permission
from assessments.workbooks.batches.actions import known_layouts
from assessments.workbooks.batches.found import find_file
from assessments.workbooks.batches.views import answer_or_say, batch_of
from assessments.workbooks.kinds.listed import every, title_of
from assessments.workbooks.layouts import actions as layouts
from assessments.workbooks.layouts.asking import A_PAGE, answers_of, asked_names
from assessments.workbooks.layouts.doubles import cases_of, chosen
from assessments.workbooks.layouts.jobs import DECIDE, sheet_or_404
from assessments.workbooks.layouts.sheet_views import Desk
from assessments.workbooks.layouts.sheets import Choices
from assessments.workbooks.models import Layout, Upload
from orgs.jobs.answering import answer
from resolution03.lib.errors import Refusal
from resolution03.lib.workbooks.reading import Sheet


@require_permission(Permission.LOAD)
def sheet(request: HttpRequest, batch, upload: int, index: int) -> HttpResponse:
    """How one sheet is read: its headings, its columns, its values, a preview."""
    file = _file(request, batch, upload)
    if file.applied_at:
        return redirect("assessments:upload_plan", batch)
    try:
        sheets = layouts.sheets_of(file)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("assessments:upload_plan", batch)
    chosen = sheet_or_404(sheets, index)
    desk = _desk(request, file, chosen)
    if request.POST.get("do") == "use" and desk.is_ready:
        if answered := _map(request, file, index, desk):
            return answered
    return render(
        request,
        "assessments/workbooks/layouts/sheet.html",
        {
            "desk": desk,
            "file": file,
            "sheet": chosen,
            "index": index,
            "sheets": [(place, other) for place, other in enumerate(sheets) if other.rows],
            "asks_again": request.POST.get("do") == "use",
        },
    )


@require_POST
@require_permission(Permission.LOAD)
def skip(request: HttpRequest, batch, upload: int, index: int) -> HttpResponse:
    """Leave a sheet out."""
    file = _file(request, batch, upload)
    return answer_or_say(request, batch, DECIDE, {"do": "skip", "upload": file.pk, "index": index})


@require_POST
@require_permission(Permission.LOAD)
def encoding(request: HttpRequest, batch, upload: int) -> HttpResponse:
    """Say how the text of a sheet stands: of an old font, or as it is."""
    file = _file(request, batch, upload)
    said = {name: request.POST.get(name, "") for name in ("sheet", "encoding")}
    return answer_or_say(request, batch, DECIDE, {"do": "encoding", "upload": file.pk}, said)


@require_permission(Permission.LOAD)
def names(request: HttpRequest, batch) -> HttpResponse:
    """Which organization, village or member each open name of the batch means."""
    files = batch_of(request, batch).uploads
    asked = asked_names(files)
    shown = asked[:A_PAGE]
    if request.method == "POST":
        for name in shown:
            name.take(request.POST)
        if not any(name.error for name in shown):
            if answered := _answer(request, batch, answers_of(shown)):
                return answered
    return render(
        request,
        "assessments/workbooks/layouts/names.html",
        {
            "rows": shown,
            "count": len(asked),
            "first": files[0],
            "errors": [name for name in shown if name.error],
        },
    )


@require_POST
@require_permission(Permission.LOAD)
def persons(request: HttpRequest, batch) -> HttpResponse:
    """Who of the new members is known already."""
    found = batch_of(request, batch)
    answers = chosen(cases_of(found.sheets, request.user), request.POST)
    return answer_or_say(request, batch, DECIDE, {"do": "persons"}, {"answers": _as_json(answers)})


@require_permission(Permission.LOAD)
def layout_list(request: HttpRequest) -> HttpResponse:
    """The layouts that the office had remembered."""
    found = Layout.objects.visible_to(request.user).select_related("unit", "by")
    rows = [(layout, title_of(layout.kind)) for layout in found]
    return render(request, "assessments/workbooks/layouts/list.html", {"rows": rows})


@require_POST
@require_permission(Permission.LOAD)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    layout = get_object_or_404(Layout.objects.visible_to(request.user), pk=pk)
    layouts.delete_layout(by=Actor.of(request.user), layout=layout)
    messages.success(request, _("The layout “%(name)s” is forgotten.") % {"name": layout.name})
    return redirect("assessments:upload_layout_list")


def _file(request: HttpRequest, batch, pk: int) -> Upload:
    return find_file(batch_of(request, batch), pk)


def _desk(request: HttpRequest, file: Upload, chosen: Sheet) -> Desk:
    sees = may(request.user, Permission.VIEW_PERSONS)
    kinds = {kind.name: str(kind.title) for kind in every() if sees or not kind.is_of_persons}
    is_posted = request.method == "POST"
    return Desk(
        chosen,
        Choices(file.choices),
        known_layouts(file.unit),
        kinds,
        request.POST if is_posted else request.GET,
        is_posted,
        file.unit.code if file.unit else None,
    )


def _answer(request: HttpRequest, batch, answers: dict) -> HttpResponse | None:
    """What came of it; None, and said, where it is refused."""
    asked = {"batch": str(batch), "do": "names"}
    return _answer_or_say_here(request, asked, {"answers": _as_json(answers)})


def _map(request: HttpRequest, file: Upload, index: int, desk: Desk) -> HttpResponse | None:
    asked = {"batch": str(file.batch), "do": "map", "upload": file.pk, "index": index}
    typed = {"mapping": desk.mapping.as_json(), "name": desk.remember_form.chosen_name}
    return _answer_or_say_here(request, asked, typed)


def _answer_or_say_here(request: HttpRequest, asked: dict, typed: dict) -> HttpResponse | None:
    try:
        return answer(request, DECIDE, asked, typed)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return None


def _as_json(answers: Mapping[int, object]) -> dict[str, object]:
    return {str(pk): found for pk, found in answers.items()}
