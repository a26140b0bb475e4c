"""Writing reported totals: tallies of years or units of which no names survive."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.entry.counting.cells import word
from assessments.entry.totals.judging import Reporting, lock_fault, unit_fault
from assessments.entry.totals.typed import Typed
from assessments.entry.totals.years import ensure_reported_year
from assessments.roster import keys, tallies
from assessments.roster.models.tallies import ReportedNote, Subject, Tally
from assessments.rules.holding import hold_years
from assessments.rules.models.years import RatingYear
from orgs import audit
from orgs.models import Organization
from orgs.versions import writing
from resolution03.lib import bulk
from resolution03.lib.errors import Refusal
from resolution03.lib.text import clean

LONGEST_NOTE = 300
FIELDS = ("year", "unit", "organization", "subject", "key", "count", "is_reported")


@dataclass(frozen=True, slots=True)
class Total:
    """How many of a subject an organization reported at one level; `total`: how many in all."""

    year: int
    unit_id: int
    organization_id: int
    code: str
    subject: str
    level: str
    count: int
    total: int | None = None

    def rows(self) -> list[tuple]:
        """As the tallies hold it, one row for the level and one for the total."""
        counts = [(self.level, self.count)]
        if self.total is not None:
            counts.append((keys.TOTAL, self.total))
        return [
            (self.year, self.unit_id, self.organization_id, self.subject, key, count, True)
            for key, count in counts
        ]


@writing()
def save_totals(*, by: Actor, totals: Collection[Total]) -> None:
    """Write reported totals; one given again replaces, a year never opened is created."""
    hold_years()
    years = [ensure_reported_year(year, by=by) for year in sorted({total.year for total in totals})]
    before = _stored(totals)
    rows = {row[:5]: row for total in totals for row in total.rows()}
    bulk.upsert(
        Tally,
        FIELDS,
        rows.values(),
        unique=("year", "organization", "subject", "key", "is_reported"),
        update=("count", "unit"),
    )
    _record(totals, before, by=by)
    tallies.recount(*years)


def _stored(totals: Collection[Total]) -> dict[tuple, tuple[int, int]]:
    """(key, count) of what is stored, by year, organization, subject and level."""
    rows = Tally.objects.filter(is_reported=True, year__in={total.year for total in totals})
    return {
        tuple(row[:4]): (row[4], row[5])
        for row in rows.order_by().values_list("year_id", "organization_id", "subject", "key", "pk", "count")
    }


def _record(totals: Collection[Total], before: dict, *, by: Actor) -> None:
    after = _stored(totals)
    changes = []
    for total in totals:
        place = (total.year, total.organization_id, total.subject, total.level)
        pk, count = after[place]
        earlier = {"count": before[place][1]} if place in before else {}
        changes.append(
            audit.Change(
                Tally(pk=pk),
                earlier,
                {
                    "year": total.year,
                    "subject": total.subject,
                    "level": total.level,
                    "count": count,
                    "total": total.total,
                },
                total.unit_id,
                total.code,
            )
        )
    audit.record(changes, by=by, action="tally.report")


@writing()
def type_totals(
    *,
    by: Actor,
    year: int,
    organization: Organization,
    cells: Collection[Typed],
    notes: Mapping[str, str],
) -> int:
    """Write what was typed about one organization; how many cells and notes changed.

    A year never opened is created as reported only. Refusal, with nothing stored, where a total
    may not stand (INTERFACE, reading 7) or where somebody else changed a cell meanwhile.
    """
    if _is_nothing(year, cells):
        return 0
    hold_years()
    locked = ensure_reported_year(year, by=by)
    stored = {key[2:]: count for key, (_pk, count) in _stored_of(year, organization).items()}
    changed = [cell for cell in cells if cell.count != stored.get((cell.subject, cell.key))]
    after = stored | {(cell.subject, cell.key): cell.count for cell in changed}
    noted = _changed_notes(locked, organization, notes, after)
    reporting = Reporting.of_years([year])
    unit = (*reporting.chain(year, organization.pk)[1:2], None)[0]
    if changed or noted:
        _require(locked, unit, by=by)
    faults = _faults(locked, organization, changed, after, stored, reporting) + _long(noted)
    if faults:
        raise Refusal(*faults)
    _put(by, year, organization, unit, [cell for cell in changed if cell.count is not None])
    _clear(by, year, organization, unit, [cell for cell in changed if cell.count is None])
    _note(by, locked, organization, unit, noted)
    return len(changed) + len(noted)


def _is_nothing(year: int, cells: Collection[Typed]) -> bool:
    """An untouched grid of a year that does not exist does not make the year."""
    blank = all(cell.count is None for cell in cells)
    return blank and not RatingYear.objects.filter(pk=year).exists()


def _stored_of(year: int, organization: Organization) -> dict[tuple, tuple[int, int]]:
    rows = Tally.objects.filter(is_reported=True, year=year, organization=organization).order_by()
    return {
        tuple(row[:4]): (row[4], row[5])
        for row in rows.values_list("year_id", "organization_id", "subject", "key", "pk", "count")
    }


def _require(year: RatingYear, unit: int | None, *, by: Actor) -> None:
    if fault := lock_fault(year) or unit_fault(by, year.pk, unit):
        raise Refusal(capfirst(f"{fault}."))


def _faults(year: RatingYear, organization, changed, after, stored, reporting) -> list[str]:
    found = []
    for cell in changed:
        now = stored.get((cell.subject, cell.key))
        if now != cell.seen:
            text = _("%(cell)s: changed meanwhile from %(seen)s to %(now)s.")
            words = {"seen": word(cell.seen), "now": word(now), "cell": _cell(cell)}
            found.append(text % words)
    for subject in {cell.subject for cell in changed if cell.count is not None}:
        if fault := reporting.fault((year.pk, organization.pk, subject)):
            found.append(f"{Subject(subject).label}: {fault}.")
    return found + _lone_totals(after) if changed else []


def _lone_totals(after: dict) -> list[str]:
    """Subjects with a total but no level: nobody could tell what it is made of."""
    counted: dict[str, set] = {}
    for (subject, key), count in after.items():
        if count is not None:
            counted.setdefault(subject, set()).add(key)
    text = _("%(subject)s: a total alone says nothing; give at least one level, 0 included.")
    return [
        text % {"subject": Subject(subject).label}
        for subject, given in counted.items()
        if given == {keys.TOTAL}
    ]


def _cell(cell: Typed) -> str:
    key = _("total") if cell.key == keys.TOTAL else cell.key
    return f"{Subject(cell.subject).label}, {key}"


def _put(by: Actor, year: int, organization: Organization, unit, cells: list[Typed]) -> None:
    if cells:
        save_totals(
            by=by,
            totals=[
                Total(year, unit, organization.pk, organization.code, cell.subject, cell.key, cell.count)
                for cell in cells
                if cell.count is not None
            ],
        )


def _clear(by: Actor, year: int, organization: Organization, unit, cells: list[Typed]) -> None:
    """Remove counts that were typed wrongly; lines below count by themselves again."""
    if not cells:
        return
    stored = _stored_of(year, organization)
    changes, removed = [], []
    for cell in cells:
        pk, count = stored[year, organization.pk, cell.subject, cell.key]
        removed.append(pk)
        before = {"year": year, "subject": cell.subject, "level": cell.key, "count": count}
        changes.append(audit.Change(Tally(pk=pk), before, {}, unit, organization.code))
    audit.record(changes, by=by, action="tally.clear")
    Tally.objects.filter(pk__in=removed).delete()
    left = {key[2] for key in _stored_of(year, organization)}
    gone = {cell.subject for cell in cells} - left
    covered = Tally.objects.filter(year=year, organization=organization, subject__in=gone)
    covered.filter(key=keys.COVERED).delete()
    tallies.recount(RatingYear.objects.get(pk=year))


def _changed_notes(
    year: RatingYear, organization: Organization, notes: Mapping[str, str], after: dict
) -> dict[str, str]:
    """The notes that differ from the stored ones; a subject without totals has none."""
    rows = ReportedNote.objects.filter(year=year, organization=organization)
    stored = dict(rows.values_list("subject", "text"))
    kept = {subject for (subject, _key), count in after.items() if count is not None}
    tidy = {subject: clean(text) if subject in kept else "" for subject, text in notes.items()}
    return {subject: text for subject, text in tidy.items() if text != stored.get(subject, "")}


def _long(notes: Mapping[str, str]) -> list[str]:
    text = _("At most %(limit)s characters, found %(found)s.")
    return [
        f"{Subject(subject).label}: {text % {'limit': LONGEST_NOTE, 'found': len(note)}}"
        for subject, note in notes.items()
        if len(note) > LONGEST_NOTE
    ]


def _note(by: Actor, year: RatingYear, organization, unit, notes: Mapping[str, str]) -> None:
    """Keep, change or remove the notes of an organization."""
    rows = ReportedNote.objects.filter(year=year, organization=organization)
    stored = {row.subject: row for row in rows}
    changes = []
    for subject, text in notes.items():
        row = stored.get(subject) or ReportedNote(
            year=year, organization=organization, unit_id=unit, subject=subject
        )
        before, row.text = row.text, text
        row.save()
        changes.append(audit.Change(row, {"text": before}, {"text": text}, unit, organization.code))
    audit.record(changes, by=by, action="tally.note")
    rows.filter(text="").delete()
