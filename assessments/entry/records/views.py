"""The pages of one unit's documents and events: read, enter, change, take away, open the file."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import Actor
from accounts.permissions import Permission, may, require, require_permission
from assessments.entry.desk import posted
from assessments.entry.records.actions import RecordChanged, remove_record, save_record
from assessments.entry.records.files import FORMATS
from assessments.entry.records.forms import RecordForm, kind_of
from assessments.entry.records.holders import Holder, holder_or_404, is_kept_by
from assessments.entry.records.kinds import KINDS, Kind
from assessments.entry.records.listing import Listing
from assessments.entry.records.models import FileKind, Record, RecordQuerySet
from assessments.entry.records.province import WhatIsOrganized
from assessments.figures import pages
from assessments.figures.year_choice import year_or_404, year_picker
from assessments.rules.models.years import RatingYear
from orgs import once
from resolution03.lib.attachments import attachment, respond
from resolution03.lib.errors import Refusal
from resolution03.lib.forms import BaseForm
from resolution03.lib.keeping import RECORDS, Lost

GET_POST = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Place:
    """A year and who holds the records that are shown."""

    request: HttpRequest
    year: RatingYear
    holder: Holder

    @property
    def address(self) -> str:
        return pages.address_of("unit_records", self.year.pk, self.holder.code)

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        """The way here from the page of all units, for who sees it."""
        whole = [(_("What is organized"), pages.address_of("records", self.year.pk))]
        shown = whole if pages.sees_all_units(self.request.user) else []
        return [*shown, (self.holder.name, self.address)]

    @property
    def _rows(self) -> RecordQuerySet:
        rows = Record.objects.visible_to(self.request.user).select_related("organization", "answers")
        return rows.filter(organization=self.holder.organization_id)

    def find(self, pk: int) -> Record | None:
        return self._rows.filter(year=self.year, pk=pk).first()

    def filed_or_404(self, pk: int) -> Record:
        """A record with a file, of the year or of one before."""
        found = self._rows.filter(year__lte=self.year, pk=pk).exclude(stored_as="").first()
        if found is None:
            raise Http404
        return found


def place_or_404(request: HttpRequest, year: int, unit: str) -> Place:
    found = year_or_404(year)
    return Place(request, found, holder_or_404(request.user, found, unit))


@require_permission(Permission.VIEW_FIGURES)
@require_safe
def records(request: HttpRequest, year: int) -> HttpResponse:
    """Units × what they organized; whoever sees one unit only goes straight to it."""
    found = year_or_404(year)
    submissions = pages.visible_submissions(request.user, found)
    if own := pages.own_unit(request.user, None, submissions):
        return redirect("assessments:unit_records", year, own.code)
    page = WhatIsOrganized(request.user, found, submissions)
    if request.GET.get("export") == "xlsx":
        require(request.user, Permission.EXPORT)
        return respond(f"to-chuc-thuc-hien-{year}.xlsx", page.workbook())
    return render(request, "assessments/entry/records/province.html", page.context())


@require_permission(Permission.VIEW_FIGURES)
@require_safe
def unit_records(request: HttpRequest, year: int, unit: str) -> HttpResponse:
    """What one unit, or the province, issued and held in a year."""
    place = place_or_404(request, year, unit)
    listing = Listing(request.user, place.year, place.holder)
    if request.GET.get("export") == "xlsx":
        require(request.user, Permission.EXPORT)
        return respond(f"to-chuc-thuc-hien-{year}-{unit.replace('/', '-')}.xlsx", listing.workbook())
    context = {
        "year": place.year,
        "place": place,
        "listing": listing,
        "marks": pages.marks(place.year),
        "may_export": may(request.user, Permission.EXPORT),
        "may_keep": is_kept_by(request.user, place.year, place.holder),
        "may_open": may(request.user, Permission.KEEP_RECORDS),
        "years": year_picker(
            place.year,
            lambda number: pages.address_of("unit_records", number, unit),
            unit=None if place.holder.is_province else place.holder.organization_id,
        ),
    }
    return render(request, "assessments/entry/records/unit.html", context)


@require_permission(Permission.KEEP_RECORDS)
@require_http_methods(GET_POST)
def add(request: HttpRequest, year: int, unit: str, kind: str) -> HttpResponse:
    place = place_or_404(request, year, unit)
    if kind not in KINDS:
        raise Http404
    return _edit(place, KINDS[kind], _new(place, KINDS[kind]))


@require_permission(Permission.KEEP_RECORDS)
@require_http_methods(GET_POST)
def record(request: HttpRequest, year: int, unit: str, pk: int) -> HttpResponse:
    """One record; where it was removed while somebody typed, what was typed may be entered anew."""
    place = place_or_404(request, year, unit)
    if found := place.find(pk):
        return _edit(place, KINDS[found.kind], found)
    kind = kind_of(request.POST)
    if kind is None:
        raise Http404
    return _edit(place, kind, _new(place, kind), is_gone=True)


@require_permission(Permission.KEEP_RECORDS)
@require_http_methods(GET_POST)
def remove(request: HttpRequest, year: int, unit: str, pk: int) -> HttpResponse:
    """Asked for once more, then taken away."""
    place = place_or_404(request, year, unit)
    found = place.find(pk)
    if found is None and request.method == "POST":
        messages.info(request, _("This was removed before."))
        return redirect(place.address)
    if found is None:
        raise Http404
    form = BaseForm(posted(request))
    version = request.POST.get("version", "")
    if form.is_valid() and version.isdecimal():
        try:
            remove_record(by=Actor.of(request.user), record=found, version=int(version))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Removed: %(record)s.") % {"record": _named(found)})
            return redirect(place.address)
    found = place.find(pk) or found
    context = {"place": place, "record": found, "title": _named(found), "form": form}
    return render(request, "assessments/entry/records/remove.html", context)


@require_permission(Permission.KEEP_RECORDS)
@require_safe
def file(request: HttpRequest, year: int, unit: str, pk: int) -> HttpResponse:
    """The file of a record, as it came, under a name that names nobody."""
    place = place_or_404(request, year, unit)
    found = place.filed_or_404(pk)
    try:
        content = RECORDS.read(found.stored_as, found.sha256)
    except Lost as lost:
        messages.error(request, str(lost))
        return redirect(place.address)
    name = f"{found.kind}-{unit.replace('/', '-')}-{found.on:%Y-%m-%d}.{found.file_kind}"
    return attachment(name, content, FORMATS[FileKind(found.file_kind)].content_type)


def _new(place: Place, kind: Kind) -> Record:
    return Record(organization_id=place.holder.organization_id, year=place.year, kind=kind.code)


def _edit(place: Place, kind: Kind, found: Record, is_gone: bool = False) -> HttpResponse:
    """The form; what was typed and could not be stored stays in it."""
    request = place.request
    files = request.FILES if request.method == "POST" else None
    stored = found if found.pk else None
    form = RecordForm(posted(request), files, kind=kind, year=place.year.pk, stored=stored)
    if request.method == "POST" and (form.is_valid() or once.was_sent(request)):
        if is_gone and not once.was_sent(request):
            form.refuse(RecordChanged(None))
        elif _saved(request, form, found):
            return redirect(place.address)
    title = _named(found) if stored else str(kind.add)
    context = {
        "title": title,
        "subtitle": f"{place.holder.name}, {place.year.pk} · {kind.clause}",
        "form": form,
        "submit": _("Save"),
        "crumbs": [*place.crumbs, (title, "")],
        "cancel_url": place.address,
        "multipart": True,
        "action": "" if stored or not is_gone else _add_address(place, kind),
    }
    return render(request, "form_page.html", context, status=200)


def _add_address(place: Place, kind: Kind) -> str:
    return pages.address_of("record_add", place.year.pk, place.holder.code, kind.code)


def _saved(request: HttpRequest, form: RecordForm, found: Record) -> bool:
    try:
        saved = once.act(
            request,
            lambda by: save_record(
                by=by,
                record=found,
                version=form.cleaned_data["version"],
                values=form.values,
                filing=form.filing,
            ),
        )
    except RecordChanged as changed:
        if changed.now:
            form.show_both(changed.now)
        form.refuse(changed)
        return False
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    shown = _named(saved) if isinstance(saved, Record) else form.of.label
    messages.success(request, _("Saved: %(record)s.") % {"record": shown})
    return True


def _named(found: Record) -> str:
    return f"{capfirst(str(KINDS[found.kind].label))} {found}"
