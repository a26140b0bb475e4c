"""Handing out prepared workbooks, each of which leaves its trace; deciding conflicts when one is
back."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.rules.holding import writing_years
from assessments.rules.models.schemes import Scheme
from assessments.rules.models.years import RatingYear
from assessments.workbooks.layouts.actions import decide
from assessments.workbooks.models import PlannedRow, PreparedWorkbook, Upload
from assessments.workbooks.prepared.returned import place_of
from assessments.workbooks.prepared.sheets import PreparedSheet
from assessments.workbooks.prepared.since import last_entry
from assessments.workbooks.prepared.workbook import Prepared, build
from orgs import audit
from orgs.models import Organization
from orgs.versions import writing


def hand_out(
    *,
    by: Actor,
    unit: Organization,
    year: int,
    stored: RatingYear | None,
    sheets: Iterable[PreparedSheet],
) -> bytes:
    """The workbook of a unit and year; what is in it is remembered by key, the file is not kept.

    `stored`: the year where it was opened.
    """
    with writing_years():  # Held: an entry with a lower key could still be on its way elsewhere.
        position = last_entry()
    rows = {sheet: sheet.read(unit, year) for sheet in sheets}
    codes = {sheet.kind.name: [sheet.key_of(row) for row in found] for sheet, found in rows.items()}
    scheme = stored.scheme if stored and stored.scheme else Scheme.objects.for_year(year)
    with writing():
        handed = PreparedWorkbook.objects.create(
            by=by.user, by_name=by.name, unit=unit, year=stored, trail_position=position, codes=codes
        )
        content = build(Prepared(handed.pk, by.name, unit, year, scheme, rows))
        _record(handed, year, by=by)
    return content


def settle(
    *, by: Actor, uploads: Collection[Upload], upload: Upload, rows: Iterable[PlannedRow], take: str
) -> None:
    """Decide what holds in rows that are in conflict, the system's values or the file's, and plan
    anew. What others change after the plan that was shown is a conflict again."""
    seen = upload.counts["trail"]
    chosen = {place_of(row.sheet, row.number or 0): {"take": take, "seen": seen} for row in rows}
    decide(
        by=by,
        uploads=uploads,
        upload=upload,
        change=lambda choices: choices.setdefault("conflicts", {}).update(chosen),
    )


def unsettle(*, by: Actor, uploads: Collection[Upload], upload: Upload) -> None:
    """Take back all that was decided about the conflicts of a file."""
    decide(by=by, uploads=uploads, upload=upload, change=lambda choices: choices.pop("conflicts", None))


def _record(handed: PreparedWorkbook, year: int, *, by: Actor) -> None:
    counts = {kind: len(keys) for kind, keys in handed.codes.items()}
    after = {"key": str(handed.pk), "year": year, "rows": counts}
    unit_id = handed.unit_id if handed.unit.parent_id else None
    change = audit.Change(handed.unit, {}, after, unit_id, handed.unit.code)
    purpose = _("to be filled in without the system")
    audit.record([change], by=by, action="prepared.download", reason=purpose)
