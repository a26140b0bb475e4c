"""The page of a place, its rows as a workbook, or the way to the own unit's."""

from collections.abc import Callable
from typing import Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.permissions import Permission, require
from assessments.figures.place import Place
from resolution03.lib.attachments import respond
from resolution03.lib.xlsx import ListSheet


class PlacePage(Protocol):
    """What stands on a page, and as a workbook; `file_name`: of that, without the unit and the ending."""

    @property
    def file_name(self) -> str: ...

    def context(self) -> dict: ...

    def workbook(self) -> ListSheet: ...


def place_page(
    request: HttpRequest, place: Place, make: Callable[[], PlacePage], template: str
) -> HttpResponse:
    """What `make` makes of the place, with `?export=xlsx` as a workbook."""
    if place.moved_to:
        return redirect(place.moved_to)
    page = make()
    if request.GET.get("export") != "xlsx":
        return render(request, template, page.context())
    require(request.user, Permission.EXPORT)
    parts = (page.file_name, place.unit.code if place.unit else "")
    return respond("-".join(filter(None, parts)) + ".xlsx", page.workbook())
