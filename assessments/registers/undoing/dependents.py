"""What rests on a batch, so that it cannot be taken back: each thing by its code, with who and when."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import ForeignObjectRel, Max, Model, Q
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.registers.undoing import returning
from assessments.registers.undoing.returning import Found
from assessments.registers.undoing.tables import Table
from assessments.registers.undoing.written import Written, WrittenTable
from assessments.roster.models.discipline import Discipline
from assessments.roster.models.line import AWARDED, CARRYING, Line
from assessments.roster.models.lines import RATED_LINES, MemberLine, OrganizationLine
from assessments.roster.models.movements import Movement
from assessments.roster.models.tallies import Tally
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.models.years import LOCKED, RatingYear, Submission, SubmissionState, YearState
from members.models import Member, VillageHead
from orgs.models import AuditEntry, Organization, Village
from resolution03.lib.bulk import column

# These follow by themselves, or are looked at apart.
_FOLLOWING = {VillageLine, Movement, OrganizationLine, MemberLine, Submission, AuditEntry, RatingYear}


@dataclass(frozen=True, slots=True)
class Dependent:
    """One thing that stands in the way: what it is, its code, why, and who did it when."""

    what: str
    code: str
    why: str
    who: str = ""
    at: datetime | None = None

    def __str__(self) -> str:
        told = f"{capfirst(self.what)} {self.code}: {self.why}"
        if not self.at:
            return f"{told}."
        return f"{told} ({self.who}, {localtime(self.at):%H:%M %d/%m/%Y})."


def dependents(written: Written, *, by: Actor, stored_at: datetime) -> list[Dependent]:
    """All that forbids taking the batch back, in the order: changed since, resting on it, closed,
    locked; empty when nothing does."""
    found = [
        *_changed_since(written),
        *_referring(written),
        *_rated_since(written),
        *returning.gone_since(written, stored_at),
        *_begun(written),
    ]
    closed = list(_closed(written, stored_at))
    locked = [] if by.is_command_line else list(_locked(written))
    return [*_named(found, written, by), *closed, *locked]


def _changed_since(written: Written) -> Iterator[Found]:
    """Rows no longer as the batch left them; of a placement or membership its owner is named."""
    why = _("changed since")
    for model, table in written.tables.items():
        differing = list(table.differing())
        owner = table.table.of
        if not owner:
            yield from (Found(model, pk, why) for pk in differing)
        elif differing:
            rows = model._base_manager.filter(pk__in=differing[:1000])
            owners = rows.values_list(*table.table.owner, flat=True)
            yield from (Found(owner, pk, why) for pk in owners)
    for found in written.tables.values():
        yield from (Found(found.table.model, pk, why) for pk in _given_again(found))


def _given_again(found: WrittenTable) -> list[int]:
    """What somebody gave where the batch took something away."""
    if not (found.removed and found.table.sole):
        return []
    at = [found.table.columns.index(name) for name in found.table.sole]
    places = {tuple(row[place] for place in at) for row in found.removed.values()}
    first = found.table.sole[0]
    rows = found.table.model._base_manager.filter(**{f"{first}__in": {place[0] for place in places}})
    there = rows.order_by().values_list("pk", *found.table.sole)
    return [pk for pk, *place in there if tuple(place) in places]


def _referring(written: Written) -> Iterator[Found]:
    """Rows outside the batch that refer to rows which it created."""
    why = _("refers to what it created")
    for model in written.registers:
        for relation in model._meta.get_fields(include_hidden=True):
            if not isinstance(relation, ForeignObjectRel) or _follows(relation.related_model, written, model):
                continue
            rows = relation.related_model._base_manager.all()
            if relation.related_model is Tally:
                rows = rows.filter(is_reported=True)
            if _has_batch(relation.related_model):
                rows = rows.exclude(batch=written.batch)
            for pk, _target in _pointing(rows, relation.field.attname, written.created(model)):
                if not written.holds(relation.related_model, pk):
                    yield Found(relation.related_model, pk, why)


def _follows(model: type[Model], written: Written, target: type[Model]) -> bool:
    """Whether rows of `model` go and change by themselves with what they refer to."""
    return model in _FOLLOWING and not written.tables[target].table.is_of_all


def _has_batch(model: type[Model]) -> bool:
    return any(field.name == "batch" for field in model._meta.concrete_fields)


def _pointing(rows, attribute: str, keys: Collection[int]) -> Iterator[tuple[int, int]]:
    """(key, target) of `rows` that point at one of `keys`, in one statement."""
    if not keys:
        return
    within = {f"{attribute}__gte": min(keys), f"{attribute}__lte": max(keys)}
    for pk, target in rows.filter(**within).order_by().values_list("pk", attribute):
        if target in keys:
            yield pk, target


def _rated_since(written: Written) -> Iterator[Found]:
    """Lines of open years of what the batch created, which others rated or counted discipline for."""
    why = _("was rated since")
    counted = Discipline.objects.filter(line__year__state=YearState.OPEN).order_by()
    others = {line for pk, line in counted.values_list("pk", "line") if not written.holds(Discipline, pk)}
    for model in RATED_LINES:
        disciplined = set() if model.is_member else others
        carrying = CARRYING if model.is_member else CARRYING | AWARDED
        rows = model.objects.filter(carrying | Q(pk__in=disciplined), year__state=YearState.OPEN)
        listed = column(model, model.listed).related_model
        created = written.created(listed) if listed else ()
        for pk, _target in _pointing(rows, f"{model.listed}_id", created):
            if pk in disciplined or not written.holds(model, pk):
                yield Found(model, pk, why)


def _begun(written: Written) -> Iterator[Found]:
    """Years that units made by the batch have begun, or that are closed; not those that it began itself."""
    rows = Submission.objects.filter(~Q(state=SubmissionState.NOT_BEGUN, year__state=YearState.OPEN))
    for pk, _unit in _pointing(rows, "unit_id", written.created(Organization)):
        if not written.holds(Submission, pk):
            yield Found(Submission, pk, _("has begun its year"))


def _closed(written: Written, stored_at: datetime) -> Iterator[Dependent]:
    """Closed years whose rosters rest on rows that the batch created, or, when they were closed
    after it, changed; or whose ratings it wrote."""
    years = {}
    for year in RatingYear.objects.filter(state=YearState.CLOSED):
        is_later = year.closed_at is not None and year.closed_at > stored_at
        rests = (_rests(year, rest, written, is_later) for rest in _RESTS)
        if any(rests) or _has_ratings(year, written):
            years[year.pk] = year
    entries = _latest(RatingYear, list(years))
    for pk, year in years.items():
        who = entries[pk].actor_name if pk in entries else ""
        yield Dependent(_("year"), str(pk), _("is closed and rests on it"), who, year.closed_at)


Rest = tuple[type[Line], str, type[Model]]
_RESTS: tuple[Rest, ...] = (
    (OrganizationLine, "organization_id", Organization),
    (MemberLine, "member_id", Member),
    (Movement, "member_id", Member),
    (VillageLine, "village_id", Village),
    (VillageLine, "head_id", VillageHead),
    (VillageLine, "cell_id", Organization),
)


def _rests(year: RatingYear, rest: "Rest", written: Written, is_later: bool) -> bool:
    model, attribute, on = rest
    keys = set(written.created(on)) | (set(written.changed(on)) if is_later else set())
    rows = model._base_manager.filter(year=year)
    return any(True for _row in _pointing(rows, attribute, keys))


def _has_ratings(year: RatingYear, written: Written) -> bool:
    return any(
        True
        for found in _of_years(written)
        for _row in _pointing(
            found.table.model._base_manager.filter(**{found.table.year: year.pk}),
            "id",
            {*found.created, *found.changed},
        )
    )


def _of_years(written: Written) -> list[WrittenTable]:
    """What the batch wrote that stands for a year."""
    return [found for found in written.tables.values() if found.table.year]


def _locked(written: Written) -> Iterator[Dependent]:
    """Units whose year holds ratings or totals of the batch and is with the Board, or accepted."""
    places: set[tuple[int, int]] = set()
    for found in _of_years(written):
        keys = [*found.created, *found.changed]
        for start in range(0, len(keys), 5_000):
            rows = found.table.model._base_manager.filter(pk__in=keys[start : start + 5_000]).order_by()
            places |= set(rows.values_list(found.table.year, found.table.unit).distinct())
    if not places:
        return
    rows = Submission.objects.filter(state__in=LOCKED).select_related("changed_by")
    for row in rows:
        if (row.year_id, row.unit_id) in places:
            why = _("the year %(year)s is submitted or accepted") % {"year": row.year_id}
            who = row.changed_by.get_full_name() if row.changed_by else ""
            yield Dependent(_("unit"), row.code, why, who, row.since)


def _named(found: Iterable[Found], written: Written, by: Actor) -> list[Dependent]:
    """In words; every statement is asked once for each kind of thing, whatever the number. What the
    user does not see is told without its name."""
    unique = list(dict.fromkeys(found))
    keys: dict[type[Model], list[int]] = {}
    for one in unique:
        keys.setdefault(one.model, []).append(one.pk)
    tables = {model: table.table for model, table in written.tables.items()}
    codes = {model: _codes(model, tables.get(model), pks[:1000]) for model, pks in keys.items()}
    entries = {model: _latest(model, pks[:1000]) for model, pks in keys.items()}
    seen = {model: _seen(model, pks[:1000], by) for model, pks in keys.items()}
    return [
        _dependent(one, tables.get(one.model), codes[one.model], entries[one.model])
        if one.pk in seen[one.model]
        else Dependent(_what(one.model, tables.get(one.model)), _("outside your scope"), one.why)
        for one in unique
    ]


def _seen(model: type[Model], pks: list[int], by: Actor) -> set[int]:
    """The rows that are there and that the user sees; all, of what belongs to everybody."""
    rows = model._default_manager.all()
    if by.user is None or not hasattr(rows, "visible_to"):
        return set(pks)
    gone = set(pks) - set(model._base_manager.filter(pk__in=pks).values_list("pk", flat=True))
    return gone | set(rows.visible_to(by.user).filter(pk__in=pks).order_by().values_list("pk", flat=True))


def _what(model: type[Model], table: Table | None) -> str:
    return table.words if table else str(model._meta.verbose_name)


def _dependent(
    one: Found, table: Table | None, codes: dict[int, str], entries: dict[int, AuditEntry]
) -> Dependent:
    entry = entries.get(one.pk)
    what = _what(one.model, table)
    code = codes.get(one.pk) or (entry.object_code if entry else "")
    if entry is None:
        return Dependent(what, code, one.why)
    return Dependent(what, code, one.why, entry.actor_name, entry.at)


def _codes(model: type[Model], table: Table | None, pks: list[int]) -> dict[int, str]:
    known = "code" if model is Submission else getattr(model, "code_path", "")
    attribute = table.code if table else known
    rows = model._base_manager.filter(pk__in=pks).order_by()
    return dict(rows.values_list("pk", attribute)) if attribute else {}


def _latest(model: type[Model], pks: list[int]) -> dict[int, AuditEntry]:
    """The last entry of the trail about each row."""
    about = AuditEntry.objects.filter(object_type=model._meta.label_lower, object_id__in=pks)
    last = about.order_by().values("object_id").annotate(last=Max("pk")).values("last")
    return {row.object_id: row for row in AuditEntry.objects.filter(pk__in=last) if row.object_id}
