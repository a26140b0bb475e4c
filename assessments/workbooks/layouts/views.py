"""How the sheets of an upload are read: which column is what; the layouts that an office keeps."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from accounts.permissions import Permission, may, require_permission
from assessments.workbooks.batches.actions import known_layouts
from assessments.workbooks.batches.views import batch_of
from assessments.workbooks.kinds.listed import every, title_of
from assessments.workbooks.layouts import actions as layouts
from assessments.workbooks.layouts.asking import A_PAGE, AskedName, answers_of, asked_names
from assessments.workbooks.layouts.doubles import cases_of, chosen
from assessments.workbooks.layouts.sheet_views import Desk
from assessments.workbooks.layouts.sheets import Choices
from assessments.workbooks.models import Layout, Upload
from resolution03.lib.errors import Refusal
from resolution03.lib.workbooks.reading import Sheet


@require_permission(Permission.LOAD)
def sheet(request: HttpRequest, batch, upload: int, index: int) -> HttpResponse:
    """How one sheet is read: its headings, its columns, its values, a preview."""
    rows, file = _file(request, batch, upload)
    if file.applied_at:
        return redirect("assessments:upload_plan", batch)
    try:
        sheets = layouts.sheets_of(file)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("assessments:upload_plan", batch)
    chosen = _sheet(sheets, index)
    desk = _desk(request, file, chosen)
    if request.POST.get("do") == "use" and desk.is_ready:
        if _map(request, rows, file, chosen, desk):
            return redirect("assessments:upload_plan", batch)
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
    rows, file = _file(request, batch, upload)
    try:
        chosen = _sheet(layouts.sheets_of(file), index)
        layouts.skip_sheet(by=Actor.of(request.user), uploads=rows, upload=file, sheet=chosen)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("assessments:upload_plan", batch)


@require_POST
@require_permission(Permission.LOAD)
def encoding(request: HttpRequest, batch, upload: int) -> HttpResponse:
    """Say how the text of a sheet stands: of an old font, or as it is."""
    rows, file = _file(request, batch, upload)
    try:
        layouts.say_encoding(
            by=Actor.of(request.user),
            uploads=rows,
            upload=file,
            sheet=request.POST.get("sheet", ""),
            encoding=request.POST.get("encoding", ""),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("assessments:upload_plan", batch)


@require_permission(Permission.LOAD)
def names(request: HttpRequest, batch) -> HttpResponse:
    """Which organization, village or member each open name of the batch means."""
    files = batch_of(request, batch).uploads
    asked = asked_names(files)
    shown = asked[:A_PAGE]
    if request.method == "POST":
        for name in shown:
            name.take(request.POST)
        if not any(name.error for name in shown) and _answer(request, files, shown):
            left = asked_names(files)
            return redirect("assessments:upload_layout_names" if left else "assessments:upload_plan", batch)
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
    try:
        layouts.settle_persons(by=Actor.of(request.user), uploads=found.uploads, answers=answers)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("assessments:upload_plan", batch)


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


def _file(request: HttpRequest, batch, pk: int) -> tuple[list[Upload], Upload]:
    """All files of the batch, and the one that is meant."""
    rows = batch_of(request, batch).uploads
    file = next((row for row in rows if row.pk == pk), None)
    if file is None:
        raise Http404
    return rows, file


def _sheet(sheets: list[Sheet], index: int) -> Sheet:
    if index >= len(sheets) or not sheets[index].rows:
        raise Http404
    return sheets[index]


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


def _answer(request: HttpRequest, files: list[Upload], asked: list[AskedName]) -> bool:
    try:
        layouts.answer_names(by=Actor.of(request.user), uploads=files, answers=answers_of(asked))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    for file in files:
        file.refresh_from_db()
    return True


def _map(request: HttpRequest, rows: list[Upload], file: Upload, chosen: Sheet, desk: Desk) -> bool:
    try:
        layouts.map_sheet(
            by=Actor.of(request.user),
            uploads=rows,
            upload=file,
            sheet=chosen,
            mapping=desk.mapping,
            name=desk.remember_form.chosen_name,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    return True
