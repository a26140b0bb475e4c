"""Word drafts of the review reports, and the templates and fields that they are made of."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import Actor
from accounts.permissions import Permission, may, require_permission
from assessments.figures import pages
from assessments.figures.year_choice import year_or_404, year_picker, year_to_work_on
from assessments.reports import declared
from assessments.reports.documents.actions import take_template, use_default
from assessments.reports.documents.drafts import CONTENT_TYPE, DOCUMENTS
from assessments.reports.documents.field_rows import filled_rows
from assessments.reports.documents.fields import fields as template_fields
from assessments.reports.documents.forms import TemplateForm
from assessments.reports.documents.rendering import WrongTemplate
from assessments.reports.documents.templates import default, own_template, unit_of
from assessments.reports.jobs import DRAFT
from assessments.rules.models.years import RatingYear
from orgs.jobs.answering import answer
from orgs.models import Organization
from orgs.scoping import posted_organization
from resolution03.lib.attachments import attachment
from resolution03.lib.errors import Refusal
from resolution03.lib.keeping import TEMPLATES, Lost, NotKept


@require_permission(Permission.EXPORT)
@require_safe
def listing(request: HttpRequest, year: int) -> HttpResponse:
    """The drafts of a year for the province and each unit that one may see; the own templates."""
    found = year_or_404(year)
    return render(
        request,
        "assessments/reports/documents/list.html",
        {
            "year": found,
            "years": year_picker(found, lambda number: reverse("assessments:documents", args=[number])),
            "marks": pages.marks(found),
            "documents": DOCUMENTS.items(),
            "sees_all": pages.sees_all_units(request.user),
            "units": pages.visible_submissions(request.user, found),
            "templates": _templates(request.user),
        },
    )


@require_permission(Permission.COMPARE_UNITS)
@require_safe
def province(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """The province's draft."""
    if not pages.sees_all_units(request.user):
        raise Http404
    root = posted_organization(request.user)
    return _draft(request, kind, declared.matter_of(year_or_404(year), root, None))


@require_permission(Permission.EXPORT)
@require_safe
def unit(request: HttpRequest, year: int, kind: str, unit: str) -> HttpResponse:
    """One unit's draft; another unit does not exist."""
    found = year_or_404(year)
    held = pages.unit_or_404(pages.visible_submissions(request.user, found), unit)
    return _draft(request, kind, declared.matter_of(found, held.unit, held))


@require_permission(Permission.EXPORT)
@require_safe
def fields(request: HttpRequest) -> HttpResponse:
    """What a template may name, in words, with the values of the year that is worked on."""
    return render(
        request,
        "assessments/reports/documents/fields.html",
        {
            "rows": filled_rows(_example(request.user)),
            "count": len(template_fields()),
        },
    )


@require_permission(Permission.EDIT_OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The office's template of a kind: upload another one, go back to the default."""
    office = _office_or_404(request, kind)
    is_sent = request.method == "POST"
    form = TemplateForm(request.POST, request.FILES) if is_sent else TemplateForm()
    if is_sent and form.is_valid() and _taken(request, kind, office, form):
        return redirect("assessments:document_template", kind)
    return render(
        request,
        "assessments/reports/documents/template.html",
        {
            "kind": kind,
            "title": DOCUMENTS[kind].title,
            "form": form,
            "own": own_template(kind, _key(office)),
            "office": posted_organization(request.user),
            "year": year_to_work_on(),
        },
    )


@require_permission(Permission.EDIT_OFFICE)
@require_safe
def template_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The template in use, to be changed in Word; `default` in the address gives the default."""
    own = own_template(kind, _key(_office_or_404(request, kind)))
    if own is None or "default" in request.GET:
        return attachment(f"{DOCUMENTS[kind].slug}.docx", default(kind), CONTENT_TYPE)
    try:
        content = TEMPLATES.read(own.stored_as, own.sha256)
    except Lost as lost:
        messages.error(request, str(lost))
        return redirect("assessments:document_template", kind)
    return attachment(own.file_name, content, CONTENT_TYPE)


@require_permission(Permission.EDIT_OFFICE)
@require_POST
def template_default(request: HttpRequest, kind: str) -> HttpResponse:
    """From now on the default template; the office's own stays kept."""
    office = _office_or_404(request, kind)
    if own_template(kind, _key(office)):
        use_default(by=Actor.of(request.user), kind=kind, unit=office)
    messages.success(request, _("The default template is in use again."))
    return redirect("assessments:document_template", kind)


def _draft(request: HttpRequest, kind: str, matter: declared.Matter) -> HttpResponse:
    if kind not in DOCUMENTS:
        raise Http404
    unit = matter.unit.code if matter.unit else ""
    asked = {"slug": DOCUMENTS[kind].slug, "year": matter.year.pk, "unit": unit}
    try:
        return answer(request, DRAFT, asked)
    except Refusal as fault:
        messages.error(request, str(fault))
        return redirect("assessments:documents", matter.year.pk)


def _taken(request: HttpRequest, kind: str, office: Organization | None, form: TemplateForm) -> bool:
    file = form.cleaned_data["file"]
    try:
        take_template(
            by=Actor.of(request.user),
            kind=kind,
            unit=office,
            file_name=file.name,
            content=file.read(),
        )
    except (WrongTemplate, NotKept) as wrong:
        for reason in wrong.reasons:
            form.add_error("file", reason)
        return False
    messages.success(request, _("The template is in use: “%(name)s”.") % {"name": file.name})
    return True


def _templates(user) -> list[dict]:
    """The office's templates, for whoever may change them."""
    posted = posted_organization(user)
    if not may(user, Permission.EDIT_OFFICE) or not _has_office(posted):
        return []
    office = unit_of(posted)
    return [
        {"kind": kind, "title": report.title, "own": own_template(kind, _key(office))}
        for kind, report in DOCUMENTS.items()
    ]


def _office_or_404(request: HttpRequest, kind: str) -> Organization | None:
    """Whose template: None for the province's, else the unit's; nobody else has one."""
    posted = posted_organization(request.user)
    if kind not in DOCUMENTS or not _has_office(posted):
        raise Http404
    return unit_of(posted)


def _has_office(posted: Organization | None) -> bool:
    return posted is not None and (posted.parent is None or posted.parent.parent_id is None)


def _key(office: Organization | None) -> int | None:
    return office.pk if office else None


def _example(user) -> declared.Matter | None:
    """What the examples are taken from: the own unit, or the province, in the year worked on."""
    year: RatingYear | None = year_to_work_on()
    posted = posted_organization(user)
    if year is None or posted is None:
        return None
    if pages.sees_all_units(user):
        return declared.matter_of(year, posted, None)
    held = pages.visible_submissions(user, year)
    return declared.matter_of(year, held[0].unit, held[0]) if held else None
