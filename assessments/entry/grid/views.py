"""The yearly entry page, the saving of its rows, and one row as a plain form."""

import json
from collections.abc import Collection, Mapping, Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, RawPostDataException
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from accounts.models import Role
from accounts.permissions import Permission, may, require_permission, user_of
from assessments.entry.desk import Desk, desk_or_404, posted
from assessments.entry.discipline.actions import CountsChanged, counts_of, save_organization
from assessments.entry.discipline.forms import OrganizationForm
from assessments.entry.discipline.table import TABLE
from assessments.entry.grid.actions import Conflict, Entry, record_decision, save_rating, save_ratings
from assessments.entry.grid.data import as_block, sheet_data
from assessments.entry.grid.filters import parts
from assessments.entry.grid.forms import DecisionForm, RatingForm
from assessments.entry.grid.kinds import Kind, kinds_for
from assessments.entry.grid.places import Places, places_of
from assessments.entry.grid.sheet import MARK, Sheet
from assessments.entry.tags import clock
from assessments.figures.year_choice import this_and_last, year_picker
from assessments.roster.models.lines import lines_of
from assessments.rules.levels import code_of
from assessments.rules.of_year import rules_of
from assessments.rules.ratings import FIELDS, LEVEL_FIELDS
from assessments.rules.reasons import reasons_of
from assessments.rules.recent import is_recent
from resolution03.lib.errors import NotPossible, Refusal
from resolution03.lib.figures import whole

AT_ONCE = 300
FIELDS_OF_THE_GRID = {*LEVEL_FIELDS, "reason", "note"}


@require_permission(Permission.ENTER_RATINGS)
def grid(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """All lines of one kind that the user fills in, or those of one grassroots organization or
    cell, as a grid."""
    desk, listed = desk_or_404(request.user, year), _kind(request.user, kind)
    places, part = _places(request, desk, listed), request.GET.get("filter", "")
    is_clerk = user_of(request).role == Role.CLERK
    sheet = Sheet(
        desk.year, listed, *this_and_last(desk.year), _lines(desk, listed), places, is_unit=not is_clerk
    )
    return render(
        request,
        "assessments/entry/grid/grid.html",
        {
            "desk": desk,
            "sheet": sheet,
            "page": sheet.page(request.GET.get("page"), part),
            "parts": parts(sheet.rows, part),
            "may_load": may(request.user, Permission.LOAD),
            "kind": listed,
            "places": places,
            "query": urlencode(places.query),
            "is_clerk": is_clerk,
            "data": as_block(sheet_data(sheet, at_once=AT_ONCE, filter_name=part)),
            "years": year_picker(
                desk.year,
                lambda y: reverse("assessments:entry", args=[y, listed.slug]),
                unit=desk.submission.unit_id,
            ),
            "decision_form": DecisionForm(),
            "with_proposed": is_clerk or sheet.has_proposed,
        },
    )


@require_POST
@require_permission(Permission.ENTER_RATINGS)
def save(request: HttpRequest, year: int, kind: str) -> JsonResponse:
    """Save rows that the grid sends; each row is answered for itself."""
    lines = _visible(request.user, _kind(request.user, kind))
    entries = _entries(request, {*FIELDS_OF_THE_GRID, *lines.model.also})
    if entries is None:
        return JsonResponse({"error": _("The page sent something that is not a row.")}, status=400)
    try:
        outcome = save_ratings(by=Actor.of(request.user), year=year, lines=lines, entries=entries)
    except NotPossible as absent:
        raise Http404 from absent
    return JsonResponse(
        {
            "rows": [
                *[
                    {"line": line.pk, "state": "saved", "version": line.version, "at": clock(line.updated_at)}
                    for line in outcome.saved
                ],
                *[_conflicting(line, request.user) for line in outcome.conflicts],
                *_refused(lines, outcome.refused),
            ]
        }
    )


@require_permission(Permission.ENTER_RATINGS)
def row(request: HttpRequest, year: int, kind: str, pk: int) -> HttpResponse:
    """One line as a form: the way without JavaScript, and to the decision's details."""
    desk, listed = desk_or_404(request.user, year), _kind(request.user, kind)
    line = get_object_or_404(_all_lines(desk, listed), pk=pk)
    form = _row_form(request, desk, listed, line)
    back = reverse("assessments:entry", args=[year, listed.slug])
    if request.method == "POST" and form.is_valid() and _saved(request, line, form):
        asked = urlencode({"grassroots": line.grassroots.code})
        return redirect(f"{back}?{asked}" if listed.slug == "members" else back)
    return render(
        request,
        "assessments/entry/grid/row.html",
        {
            "form": form,
            "line": line,
            "title": line.name,
            "desk": desk,
            "kind": listed,
            "cancel_url": back,
            "submit": _("Save the rating"),
        },
    )


def _row_form(request: HttpRequest, desk: Desk, kind: Kind, line) -> RatingForm:
    """An organization's form holds its counts of discipline as well."""
    rules, reasons = rules_of(desk.year), reasons_of(desk.year.pk, kind.levels)
    values = {
        "initial": _initial(line, reasons.recent),
        "levels": rules.levels_of(kind.levels),
        "reasons": reasons.offered,
        "has_title": not line.is_member and rules.awards_title,
        "drafts_only": user_of(request).role == Role.CLERK,
    }
    if line.is_member:
        return RatingForm(posted(request), **values)
    return OrganizationForm(posted(request), counts=counts_of([line.pk]).get(line.pk, {}), **values)


@require_POST
@require_permission(Permission.SUBMIT)
def decision(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """Write the decision's details into the rated lines that have none yet."""
    desk, listed = desk_or_404(request.user, year), _kind(request.user, kind)
    places = _places(request, desk, listed)
    form = DecisionForm(request.POST)
    if form.is_valid():
        _record_decision(request, desk, places.narrowed(_lines(desk, listed)), form)
    else:
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
    suffix = f"?{urlencode(places.query)}" if places.query else ""
    return redirect(reverse("assessments:entry", args=[year, listed.slug]) + suffix)


def _record_decision(request, desk: Desk, lines, form) -> None:
    try:
        changed = record_decision(
            by=Actor.of(request.user), year=desk.year.pk, lines=lines, decision=form.cleaned_data
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return
    words = ngettext(
        "The decision was written into %(count)d row.",
        "The decision was written into %(count)d rows.",
        changed,
    )
    messages.success(request, words % {"count": changed})


def _kind(user, slug: str) -> Kind:
    kinds = kinds_for(user)
    if slug not in kinds:
        raise Http404
    return kinds[slug]


def _visible(user, kind: Kind):
    """Lines of the kind in the user's scope, of any year; dropped ones too, so that they can be
    named."""
    return lines_of(kind.subject).visible_to(user)


def _all_lines(desk: Desk, kind: Kind):
    return _visible(desk.user, kind).filter(year=desk.year, unit=desk.submission.unit_id)


def _lines(desk: Desk, kind: Kind):
    return _all_lines(desk, kind).in_roster()


def _places(request: HttpRequest, desk: Desk, kind: Kind) -> Places:
    """The part of the list that the address asks for; 404 when it names no place of the desk."""
    asked = {} if kind.slug == "grassroots" else {"grassroots": request.GET.get("grassroots", "")}
    if kind.is_members:
        asked["cell"] = request.GET.get("cell", "")
    places = places_of(desk.organizations, **asked)
    if places is None:
        raise Http404
    return places


def _entries(request: HttpRequest, fields: Collection[str]) -> list[Entry] | None:
    """The rows of the request's JSON; None when it is anything else."""
    try:
        rows = json.loads(request.body)["rows"]
        entries = [Entry(_whole(row["line"]), _whole(row["version"]), _changes(row, fields)) for row in rows]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, RawPostDataException):
        return None
    return entries if 0 < len(entries) <= AT_ONCE else None


def _whole(sent: object) -> int:
    """A number of the request's JSON, as a row can hold it; ValueError for any other."""
    number = whole(str(sent))
    if number is None:
        raise ValueError(sent)
    return number


def _changes(row: dict, fields: Collection[str]) -> dict:
    changes = dict(row["changes"])
    unknown = changes.keys() - {*fields}
    if unknown or not all(isinstance(value, str) for value in changes.values()):
        raise ValueError(unknown)
    if changes.get("awarded", "") not in ("", MARK):
        raise ValueError(changes["awarded"])
    return changes


def _conflicting(line, user) -> dict:
    """The row as it stands now, with when and by whom; `own`: by the user, in another window."""
    levels = {name: code_of(getattr(line, name)) for name in LEVEL_FIELDS}
    return {
        "line": line.pk,
        "state": "conflict",
        "version": line.version,
        "at": clock(line.updated_at) if line.updated_at else "",
        "by": _writer(line, user),
        "own": line.updated_by_id == user.pk,
        "values": levels | {"awarded": MARK * line.awarded, "reason": line.reason, "note": line.note},
    }


def _writer(line, user) -> str:
    if line.updated_by_id == user.pk:
        return _("you, in another window")
    return line.updated_by.get_full_name() if line.updated_by_id else _("command line")


def _refused(lines, refused: Mapping[int, Sequence[str]]) -> list[dict]:
    """Why rows were not saved, with the code and name of those that the user may see."""
    if not refused:
        return []
    who = lines.model.code_path, lines.model.name_path
    named = {pk: rest for pk, *rest in lines.filter(pk__in=refused).values_list("pk", *who)}
    return [
        {"line": pk, "state": "refused", "why": " ".join(reasons), "who": named.get(pk, [])}
        for pk, reasons in refused.items()
    ]


def _initial(line, recent: str) -> dict:
    """As the line stands, with the reason that stands there by itself."""
    levels = {name: code_of(getattr(line, name)) for name in LEVEL_FIELDS}
    texts = {name: getattr(line, name) for name in FIELDS if name not in LEVEL_FIELDS}
    is_blank = not (line.is_exempt or texts["reason"] or any(levels.values()))
    if recent and line.is_member and is_blank and is_recent(line.year_id, line.member.admitted_on):
        texts["reason"] = recent
    return {"version": line.version, **levels, **texts}


def _saved(request: HttpRequest, line, form: RatingForm) -> bool:
    try:
        _save(Actor.of(request.user), line, form)
    except CountsChanged as conflict:
        form.add_error(None, TABLE.conflict_words(conflict.now))
        _see(form, "seen", TABLE.written(TABLE.heard(form.cleaned_data["seen"]) | conflict.now))
    except Conflict as conflict:
        form.add_error(None, _conflict_words(conflict.line, request.user))
        _see(form, "version", conflict.line.version)
    except Refusal as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
    else:
        messages.success(request, _("Saved."))
        return True
    return False


def _save(by: Actor, line, form: RatingForm) -> None:
    values = {
        "by": by,
        "line": line,
        "version": form.cleaned_data["version"],
        "changes": form.changes,
    }
    if isinstance(form, OrganizationForm):
        save_organization(**values, counted=form.counted(line.pk))
    else:
        save_rating(**values)


def _see(form: RatingForm, name: str, value) -> None:
    """Let the form carry what the user has now been shown: saving again replaces it."""
    form.carry(name, value)


def _conflict_words(line, user) -> str:
    now = _conflicting(line, user)
    words = _(
        "%(by)s changed this row at %(at)s: decided %(decided)s, self-rated %(self_rated)s. "
        "What you typed stands below; saving again replaces it."
    ) % {
        "by": now["by"],
        "at": now["at"],
        "decided": now["values"]["decided"] or _("not rated"),
        "self_rated": now["values"]["self_rated"] or _("not rated"),
    }
    return words[:1].upper() + words[1:]
