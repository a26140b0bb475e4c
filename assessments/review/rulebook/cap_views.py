"""Caps, exceptions from them and groups of like bodies, as the Board edits them."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Permission, require_permission
from assessments.entry.desk import posted
from assessments.review.rulebook import cap_actions, cap_forms, read
from assessments.review.rulebook.changing_views import Change, edit, remove
from assessments.rules.models.caps import Cap, CapException, LikeGroup

GET_POST = ["GET", "HEAD", "POST"]


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(GET_POST)
def cap(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = read.find(Cap, pk) if pk else Cap()
    change = Change(row, lambda by: cap_actions.save_cap(row, by=by))
    back = reverse("assessments:cap_remove", args=[pk]) if pk else None
    return edit(request, cap_forms.CapForm(posted(request), instance=row), _("Cap"), change, remove=back)


@require_permission(Permission.MANAGE_RULES)
@require_POST
def cap_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = read.find(Cap, pk)
    return remove(request, row, lambda by: cap_actions.remove_cap(row, by=by))


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(GET_POST)
def exception(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = read.find(CapException, pk) if pk else CapException(level_code="HTXSNV", percent=25)
    form = cap_forms.ExceptionForm(request.user, posted(request), instance=row)
    change = Change(row, lambda by: cap_actions.save_exception(row, by=by))
    back = reverse("assessments:cap_exception_remove", args=[pk]) if pk else None
    return edit(request, form, _("Exception from a cap"), change, remove=back)


@require_permission(Permission.MANAGE_RULES)
@require_POST
def exception_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = read.find(CapException, pk)
    return remove(request, row, lambda by: cap_actions.remove_exception(row, by=by))


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(GET_POST)
def like_group(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = read.find(LikeGroup, pk) if pk else LikeGroup()
    form = cap_forms.LikeGroupForm(posted(request), instance=row)
    change = Change(row, lambda by: cap_actions.save_like_group(row, by=by))
    back = reverse("assessments:cap_group_remove", args=[pk]) if pk else None
    return edit(request, form, _("Group of like bodies"), change, remove=back)


@require_permission(Permission.MANAGE_RULES)
@require_POST
def like_group_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = read.find(LikeGroup, pk)
    return remove(request, row, lambda by: cap_actions.remove_like_group(row, by=by))
