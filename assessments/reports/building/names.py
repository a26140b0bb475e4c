"""Names and codes as of the year, and the order in which the Board lists them."""

from functools import cached_property

from assessments.reports.building.matter import Matter
from assessments.roster.models.line import Kind
from assessments.roster.models.lines import OrganizationLine
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.cap_groups import GroupKey
from orgs.models import Organization


class Names:
    """Of one report's scope."""

    def __init__(self, matter: Matter):
        self.matter = matter

    def of(self, organization: int | None) -> str | None:
        return self._names.get(organization)

    def then(self, organization: Organization | None) -> str | None:
        """The name borne that year; today's for what the year's roster does not list."""
        return self._names.get(organization.pk, organization.name) if organization else None

    def place(self, line: OrganizationLine | VillageLine) -> tuple:
        """Grassroots organizations before affiliated ones, by unit, as the Board lists them."""
        is_affiliated = getattr(line, "kind", "") == Kind.AFFILIATED
        return is_affiliated, self._unit_order[line.unit_id], line.position, line.pk

    def of_group(self, key: GroupKey) -> str | None:
        """A group under a cap: its organization, with the like bodies that it is of."""
        if key.place is None:
            return key.name or "Các tổ chức trực thuộc Tỉnh ủy"
        return f"{self.of(key.place)}: {key.name}" if key.name else self.of(key.place)

    def order(self, key: GroupKey) -> tuple[int, int, str]:
        """Where a group under a cap stands in a list; those that reach beyond one unit come last."""
        return (
            self._unit_order.get(key.unit, len(self._unit_order)),
            self._code_order.get(key.place, 0) if key.place else 0,
            key.name,
        )

    @cached_property
    def codes(self) -> dict[int | None, str]:
        """Codes of grassroots organizations and units."""
        grassroots = self._lines(self.matter.year).filter(kind=Kind.GRASSROOTS)
        codes: dict[int | None, str] = dict(grassroots.values_list("organization_id", "code"))
        return codes | {place.id: place.code for place in self.matter.places}

    @cached_property
    def levels_before(self) -> dict[int, str]:
        """Organization → its level of the year before."""
        if self.matter.before is None:
            return {}
        rated = self._lines(self.matter.before).in_roster().rated().order_by()
        return dict(rated.values_list("organization_id", "decided__code"))

    @cached_property
    def _names(self) -> dict[int | None, str]:
        lines = self._lines(self.matter.year).order_by()
        names: dict[int | None, str] = dict(lines.values_list("organization_id", "name"))
        return names | {place.id: place.name for place in self.matter.places}

    @cached_property
    def _unit_order(self) -> dict[int | None, int]:
        return {place.id: number for number, place in enumerate(self.matter.places)}

    @cached_property
    def _code_order(self) -> dict[int | None, int]:
        return {place: number for number, place in enumerate(self.codes)}

    def _lines(self, year):
        return OrganizationLine.objects.under(self.matter.scope).filter(year=year)
