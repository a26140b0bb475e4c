"""Who stood in the roster of a year, and where: what a rating of that year can be about."""

from dataclasses import dataclass, field

from assessments.roster.models.lines import Kind, MemberLine, OrganizationLine
from assessments.workbooks.layouts.directory import Directory


@dataclass(frozen=True, slots=True)
class Stood:
    """How one line stood on 31 December of its year. `above`: as of `Entry`."""

    is_grassroots: bool
    above: frozenset[str]


@dataclass
class Rosters:
    """The lines inside a unit by kind of sheet and year, each read when first asked for."""

    directory: Directory
    _known: dict[tuple[str, int], dict[str, Stood]] = field(default_factory=dict)

    def of(self, kind: str, year: int | None) -> dict[str, Stood]:
        """By code; empty for what is no rating and for a year without a roster."""
        if year is None or kind not in ("member_ratings", "organization_ratings"):
            return {}
        if (kind, year) not in self._known:
            read = self._members if kind == "member_ratings" else self._organizations
            self._known[kind, year] = read(year)
        return self._known[kind, year]

    def _members(self, year: int) -> dict[str, Stood]:
        rows = MemberLine.objects.filter(year=year, cell__path__startswith=self.directory.path)
        found = rows.order_by().values_list("member__code", "cell__path")
        return {code: Stood(False, self.directory.above(path)[1]) for code, path in found}

    def _organizations(self, year: int) -> dict[str, Stood]:
        rows = OrganizationLine.objects.filter(year=year, organization__path__startswith=self.directory.path)
        found = rows.order_by().values_list("organization__code", "kind", "parent__path")
        return {
            code: Stood(kind == Kind.GRASSROOTS, self.directory.above(path or "")[1])
            for code, kind, path in found
        }
