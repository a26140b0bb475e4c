"""How the province's and the units' offices head and sign their forms, with a preview."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import Actor
from accounts.permissions import Permission, require_permission
from assessments.entry.desk import posted
from assessments.reports.offices import letterhead
from assessments.reports.offices.actions import OfficeChanged, save_office
from assessments.reports.offices.forms import OfficeForm
from assessments.reports.offices.models import Office
from orgs.models import Organization
from orgs.scoping import posted_organization


@require_permission(Permission.EDIT_OFFICE)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The offices that one may edit; whoever has only one goes straight to it."""
    found = list(_own(request.user).order_by("position", "pk"))
    if not found:
        raise Http404
    if len(found) == 1:
        return redirect("assessments:office", found[0].code)
    rows = Office.objects.visible_to(request.user).filter(organization__in=found)
    entered = {office.organization_id: office for office in rows}
    found.sort(key=lambda organization: organization.parent_id is not None)
    return render(
        request,
        "assessments/reports/offices/list.html",
        {
            "entered": len(entered),
            "rows": [
                (one, letterhead.written(entered.get(one.pk, Office()), *_names(one)), entered.get(one.pk))
                for one in found
            ],
        },
    )


@require_permission(Permission.EDIT_OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """The form of one office, and how it will be printed."""
    organization = get_object_or_404(_own(request.user), code=code)
    form = _form(request, organization)
    is_preview = "preview" in request.POST
    if request.method == "POST" and not is_preview and form.is_valid():
        if _saved(request, organization, form):
            return redirect("assessments:office", code)
    return render(
        request,
        "assessments/reports/offices/form.html",
        {
            "organization": organization,
            "form": form,
            "head": _previewed(organization, form),
            "is_preview": is_preview,
            "has_list": posted_organization(request.user).parent_id is None,
        },
    )


@require_permission(Permission.EDIT_OFFICE)
@require_POST
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """The heading and the signatures as they would be printed; nothing is stored."""
    organization = get_object_or_404(_own(request.user), code=code)
    head = _previewed(organization, _form(request, organization))
    return render(request, "assessments/reports/offices/_preview.html", {"head": head})


def _own(user):
    """The province and the units that lie in one's scope."""
    return Organization.objects.visible_to(user).with_offices().select_related("parent")


def _names(organization: Organization) -> tuple[str, str]:
    """The province's name, and the unit's, empty for the province itself."""
    if organization.parent is None:
        return organization.name, ""
    return organization.parent.name, organization.name


def _form(request: HttpRequest, organization: Organization) -> OfficeForm:
    office = Office.objects.visible_to(request.user).filter(organization=organization).first()
    office = office or Office(organization=organization)
    usual = letterhead.defaults(*_names(organization))
    return OfficeForm(posted(request), instance=office, usual=usual)


def _saved(request: HttpRequest, organization: Organization, form: OfficeForm) -> bool:
    try:
        save_office(
            by=Actor.of(request.user),
            organization=organization,
            version=form.cleaned_data["version"],
            values=form.texts,
        )
    except OfficeChanged as changed:
        form.show_both(changed.now)
        form.refuse(changed)
        return False
    messages.success(request, _("Saved. Reports made from now on are headed and signed like this."))
    return True


def _previewed(organization: Organization, form: OfficeForm):
    """What is typed and can be stored, elsewhere what is stored."""
    if form.is_bound:
        form.is_valid()
    return letterhead.preview(form.instance, *_names(organization))
