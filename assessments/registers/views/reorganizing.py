"""Pages that found, change and end organizations."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Permission, require_permission
from assessments.registers import forms
from assessments.registers.views.handling import handle
from assessments.registers.views.organizations import crumbs, find, may_reorganize
from members.actions import cells
from orgs.actions import reorganize
from orgs.models import Organization


@require_permission(Permission.REORGANIZE)
def found(request: HttpRequest) -> HttpResponse:
    under = request.GET.get("under", "")
    parent = find(request, int(under)) if under.isdecimal() else None
    form = forms.Found(request.POST or None, user=request.user, initial={"parent": parent})
    return handle(
        request, form, reorganize.found, title=_("Found an organization"), submit=_("Found"),
        done=_("The organization is founded."),
        back=parent.get_absolute_url() if parent else reverse("registers:organization_list"),
    )  # fmt: skip


@require_permission(Permission.EDIT_REGISTERS)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(
        request, find(request, pk), forms.CorrectOrganization, cells.correct,
        title=_("Correct: %s"), submit=_("Save the correction"), done=_("The correction is saved."),
    )  # fmt: skip


@require_permission(Permission.REORGANIZE)
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(
        request, _reorganizable(request, pk), forms.Rename, reorganize.rename,
        title=_("Rename: %s"), submit=_("Rename"), done=_("The new name is recorded."),
    )  # fmt: skip


@require_permission(Permission.REORGANIZE)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(
        request, _reorganizable(request, pk), forms.Move, reorganize.move,
        title=_("Move: %s"), submit=_("Move"), done=_("The move is recorded."),
    )  # fmt: skip


@require_permission(Permission.REORGANIZE)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(
        request, _reorganizable(request, pk), forms.Merge, cells.merge, name="source",
        title=_("Merge: %s"), submit=_("Merge"), done=_("The organizations are merged."),
    )  # fmt: skip


@require_permission(Permission.REORGANIZE)
def split(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(
        request, _reorganizable(request, pk), forms.Split, cells.split,
        title=_("Split: %s"), submit=_("Split"), done=_("The new organization is founded."),
    )  # fmt: skip


@require_permission(Permission.REORGANIZE)
def dissolve(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(
        request, _reorganizable(request, pk), forms.Dissolve, cells.dissolve,
        title=_("Dissolve: %s"), submit=_("Dissolve"), done=_("The dissolution is recorded."),
    )  # fmt: skip


def _change(
    request: HttpRequest, organization: Organization, form_class, action, *, title: str,
    name: str = "organization", **words: str,
) -> HttpResponse:  # fmt: skip
    form = form_class(request.POST or None, user=request.user, subject=organization)
    words["title"] = title % organization
    way = crumbs(request, organization, (title.partition(":")[0], ""))
    back = organization.get_absolute_url()
    return handle(request, form, action, back=back, crumbs=way, **words, **{name: organization})


def _reorganizable(request: HttpRequest, pk: int) -> Organization:
    organization = find(request, pk)
    if not may_reorganize(request, organization):
        raise PermissionDenied
    return organization
