"""What the pages tell about the past of an organization and of a village."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from orgs.dated import held_on
from orgs.models import Coverage, Form, Level, Organization, Placement, Village
from resolution03.lib.dates import PartialDate, Precision


@dataclass(frozen=True)
class Stretch:
    """How an organization was called, which form it had and where it stood from `start` to `last`, as
    precise as known. `form`: in words, "" where it never had another; `level`: its own, in words."""

    start: PartialDate | None
    last: PartialDate | None
    name: str
    parent: Organization | None
    is_parent_visible: bool
    decided: str
    dissolution: str
    happened: str
    level: str
    form: str

    @property
    def is_latest(self) -> bool:
        return self.last is None


def stretches_of(organization: Organization, user) -> list[Stretch]:
    """The latest first. A place outside the user's scope is told without its name."""
    placements = list(organization.placements.select_related("parent"))
    names = list(organization.former_names.all())
    forms = list(organization.former_forms.all())
    seen = set(
        Organization.objects.visible_to(user)
        .filter(pk__in={row.parent_id for row in placements})
        .values_list("pk", flat=True)
    )
    changes = {row.until for row in (*names, *forms)}
    starts = sorted({row.starts_on for row in placements if row.starts_on} | changes)
    ends = [*starts, None]
    told = [
        _stretch(organization, placements, names, forms, seen, start, end)
        for start, end in zip([None, *starts], ends, strict=True)
    ]
    return told[::-1]


def _stretch(organization, placements, names, forms, seen, start, end) -> Stretch:
    placement = _placement_on(placements, start)
    levelled = {now.pk for was, now in pairwise(placements) if was.parent_id == now.parent_id}
    happened, by = _happening(placement, levelled, names, forms, start)
    return Stretch(
        start=PartialDate(start) if start else organization.established,
        last=PartialDate(_day_before(end)) if end else last_of(organization),
        name=held_on(names, start, organization.name),
        parent=placement.parent,
        is_parent_visible=placement.parent_id in seen,
        decided=by,
        dissolution="" if end else organization.dissolution,
        happened=happened,
        level=Level(placement.own_level).label if placement.own_level else "",
        form=Form(held_on(forms, start, organization.form)).label if forms else "",
    )


def _happening(placement: Placement, levelled, names, forms, start: date | None) -> tuple[str, str]:
    """What began the stretch, and by which decision."""
    if start is None or placement.starts_on == start:
        began = "levelled" if placement.pk in levelled else "moved"
        return began if start else "founded", placement.decided
    changed = (("renamed", names), ("formed", forms))
    found = ((what, row.decided) for what, rows in changed for row in rows if row.until == start)
    return next(found, ("founded", placement.decided))


def last_of(organization: Organization) -> PartialDate | None:
    """The day before the dissolution; the month or year itself where no day is known; None while it lasts."""
    dissolved = organization.dissolved
    if dissolved is None or dissolved.precision != Precision.DAY:
        return dissolved
    return PartialDate(_day_before(dissolved.day))


def _placement_on(placements: list[Placement], start: date | None) -> Placement:
    began = [row for row in placements if row.starts_on is None or (start and row.starts_on <= start)]
    return max(began, key=lambda row: row.starts_on or date.min)


def _day_before(day: date) -> date:
    return day - timedelta(days=1)


def coverages_of(village: Village) -> list[Coverage]:
    """Which committee and cell a village had, the latest first."""
    return list(village.coverages.select_related("committee", "cell"))[::-1]
