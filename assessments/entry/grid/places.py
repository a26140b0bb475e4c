"""Which part of a unit's list is open: all of it, one grassroots organization, or one cell."""

from dataclasses import dataclass

from assessments.roster.models.line import RatedLineQuerySet
from assessments.roster.models.tallies import Subject
from orgs.models import Form


@dataclass(frozen=True, slots=True)
class Place:
    """An organization of the year's roster, as a list names it."""

    pk: int
    code: str
    name: str
    kind: str
    form: str
    group: int | None


@dataclass(frozen=True)
class Places:
    """The organizations that the user sees, in the office's order, and the chosen part."""

    all: dict[int, Place]
    group: Place | None = None
    cell: Place | None = None

    @property
    def groups(self) -> list[Place]:
        return [place for place in self.all.values() if place.kind == Subject.GRASSROOTS]

    @property
    def cells(self) -> list[Place]:
        """The cells of the chosen grassroots organization; none to choose when it is one itself."""
        group = self.group or (self.groups[0] if len(self.groups) == 1 else None)
        if group is None:
            return []
        own = [place for place in self.all.values() if place.group == group.pk]
        return [place for place in own if place.form == Form.CELL and place.pk != group.pk]

    @property
    def chosen(self) -> Place | None:
        return self.cell or self.group

    @property
    def query(self) -> dict[str, str]:
        """The chosen part as parameters of an address."""
        if self.cell:
            return {"cell": self.cell.code}
        return {"grassroots": self.group.code} if self.group else {}

    def narrowed(self, lines: RatedLineQuerySet) -> RatedLineQuerySet:
        if self.cell:
            return lines.filter(cell=self.cell.pk)
        return lines.filter(grassroots=self.group.pk) if self.group else lines


def places_of(organizations: RatedLineQuerySet, *, grassroots: str = "", cell: str = "") -> Places | None:
    """The places among `organizations` with the part that two codes name; None for an unknown
    code. A cell outside the grassroots organization asked for is left out: the chooser sends
    both."""
    everything = _read(organizations)
    group = _found(everything, grassroots, lambda place: place.kind == Subject.GRASSROOTS)
    own = _found(everything, cell, lambda place: place.form == Form.CELL)
    if (grassroots and not group) or (cell and not own):
        return None
    if own and group and own.group != group.pk:
        own = None
    if own and not group:
        group = everything.get(own.group) if own.group else None
    return Places(everything, group, own)


def _read(organizations: RatedLineQuerySet) -> dict[int, Place]:
    rows = organizations.in_office_order().values_list(
        "organization_id", "code", "name", "kind", "form", "grassroots_id"
    )
    return {row[0]: Place(*row) for row in rows}


def _found(places: dict[int, Place], code: str, fits) -> Place | None:
    return next((place for place in places.values() if place.code == code and fits(place)), None)
