"""What stands in the way of rows going back to where they were: a holder that has ended, moved or become
something else since, a code or a term that somebody else has now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from assessments.registers.undoing.written import Written
from members.models import Member, VillageHead
from members.rules import terms_clash
from orgs.models import AuditEntry, Form, Organization, Village
from orgs.rules import chain_of


@dataclass(frozen=True, slots=True)
class Found:
    """A row that stands in the way, and why."""

    model: type[Model]
    pk: int
    why: str


@dataclass(frozen=True, slots=True)
class Holding:
    """Rows of `model` stand in what `column` names, until their `end`; that must be a cell, or must not
    (None: it is no organization). `counts_end`: the end is the last day counted, not the first after."""

    model: type[Model]
    column: str
    holder: type[Model]
    end: str
    holder_end: str
    is_cell: bool | None = None
    counts_end: bool = False


HOLDINGS = (
    Holding(Organization, "parent_id", Organization, "dissolved_on", "dissolved_on", is_cell=False),
    Holding(Village, "committee_id", Organization, "ends_on", "dissolved_on", is_cell=False, counts_end=True),
    Holding(Village, "cell_id", Organization, "ends_on", "dissolved_on", is_cell=True, counts_end=True),
    Holding(Member, "cell_id", Organization, "left_on", "dissolved_on", is_cell=True),
    Holding(VillageHead, "village_id", Village, "ends_on", "ends_on"),
)
Image = Mapping[str, Any]


def gone_since(written: Written, since: datetime) -> Iterator[Found]:
    """Each thing that keeps a row from standing as it stood before; what was so then is no obstacle."""
    for holding in HOLDINGS:
        yield from _holders(written, holding, since)
    yield from _turned(written)
    yield from _codes(written)
    yield from _terms(written)


def _changed(written: Written, model: type[Model], *columns: str) -> dict[int, Image]:
    """The rows that are put back in one of `columns`, as they stood before."""
    if model not in written.tables:
        return {}
    found = written.tables[model]
    names = [name for name in columns if name in found.table.columns]
    rows: dict[int, Image] = {}
    for pk, (before, after) in found.changed.items():
        old, new = (dict(zip(found.table.columns, values or (), strict=False)) for values in (before, after))
        if any(old[name] != new.get(name) for name in names):
            rows[pk] = old
    return rows


def _holders(written: Written, holding: Holding, since: datetime) -> Iterator[Found]:
    rows = _changed(written, holding.model, holding.column, holding.end)
    wanted = _written_since(holding.holder, {row[holding.column] for row in rows.values()} - {None}, since)
    if not wanted:
        return
    back = _changed(written, holding.holder, holding.holder_end, "form")
    for there in holding.holder._base_manager.filter(pk__in=wanted):
        stood = back.get(there.pk, {})
        is_cell = None
        if isinstance(there, Organization) and holding.is_cell is not None:
            is_cell = stood.get("form", there.form) == Form.CELL
        end = stood.get(holding.holder_end, _iso(getattr(there, holding.holder_end)))
        for pk, row in rows.items():
            if row[holding.column] != there.pk:
                continue
            if end and _outlives(row[holding.end], end, holding):
                yield Found(holding.holder, there.pk, _("has ended since"))
            elif is_cell != holding.is_cell:
                yield Found(holding.holder, there.pk, _("is something else since"))
            elif isinstance(there, Organization) and holding.model is Organization and _is_below(there, pk):
                yield Found(holding.holder, there.pk, _("stands below it since"))


def _written_since(model: type[Model], keys: set[int], since: datetime) -> set[int]:
    """Those of which the trail tells something later."""
    rows = AuditEntry.objects.filter(object_type=model._meta.label_lower, object_id__in=keys, at__gt=since)
    found = rows.order_by().values_list("object_id", flat=True) if keys else ()
    return {pk for pk in found if pk is not None}


def _is_below(organization: Organization, above: int) -> bool:
    return above in chain_of(organization.path)


def _outlives(end: str | None, holder: str, holding: Holding) -> bool:
    return end is None or (end >= holder if holding.counts_end else end > holder)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _turned(written: Written) -> Iterator[Found]:
    """What stands in an organization that would become a cell again, or cease to be one."""
    for pk, row in _changed(written, Organization, "form").items():
        for holding in HOLDINGS:
            if holding.is_cell in (None, row["form"] == Form.CELL):
                continue
            rows = holding.model._base_manager.filter(**{holding.column: pk}).order_by("pk")
            for one in rows.values_list("pk", flat=True):
                if not written.holds(holding.model, one):
                    yield Found(holding.model, one, _("stands in it"))


def _codes(written: Written) -> Iterator[Found]:
    for model in (Organization, Village, Member):
        codes = {row["code"]: pk for pk, row in _changed(written, model, "code").items()}
        taken = model._base_manager.filter(code__in=codes).order_by("pk").values_list("pk", "code")
        for pk, code in taken if codes else ():
            if pk != codes[code] and not written.holds(model, pk):
                yield Found(model, pk, _("bears the code that it had"))


def _terms(written: Written) -> Iterator[Found]:
    """Heads who came into post for a time in which the one put back would be in post."""
    for pk, row in _changed(written, VillageHead, "starts_on", "ends_on", "village_id").items():
        term = date.fromisoformat(row["starts_on"]), row["ends_on"] and date.fromisoformat(row["ends_on"])
        for other in VillageHead._base_manager.filter(village=row["village_id"]).exclude(pk=pk):
            is_written = written.holds(VillageHead, other.pk)
            if not is_written and terms_clash(term, (other.starts_on, other.ends_on)):
                yield Found(VillageHead, other.pk, _("is in post at that time"))
