"""Who stood in the roster of a year, and where: what a rating of that year can be about."""

from dataclasses import dataclass, field

from assessments.roster.models.line import Kind
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.workbooks.kinds.declared import WorkbookKind
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
    _known: dict[tuple[WorkbookKind, int], dict[str, Stood]] = field(default_factory=dict)

    def of(self, kind: WorkbookKind, year: int | None) -> dict[str, Stood]:
        """By code; empty for what is of no roster and for a year without one."""
        if year is None or kind.roster is None:
            return {}
        if (kind, year) not in self._known:
            read = _READ[kind.roster.lines]
            rows = kind.roster.lines._base_manager.filter(year=year, **kind.roster.only).order_by()
            self._known[kind, year] = dict(read(rows, self.directory))
        return self._known[kind, year]


def _members(rows, directory: Directory):
    found = rows.filter(cell__path__startswith=directory.path)
    for code, path in found.values_list("member__code", "cell__path"):
        yield code, Stood(False, directory.above(path)[1])


def _organizations(rows, directory: Directory):
    found = rows.filter(organization__path__startswith=directory.path)
    for code, kind, path in found.values_list("organization__code", "kind", "parent__path"):
        yield code, Stood(kind == Kind.GRASSROOTS, directory.above(path or "")[1])


_READ = {MemberLine: _members, OrganizationLine: _organizations}
