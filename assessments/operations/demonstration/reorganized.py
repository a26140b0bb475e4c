"""The plans by which the province was reorganized: in July 2025 the districts ended and 102 communes became
40, in July 2026 these became grassroots organizations. Each plan as the rows of a workbook."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import cycle

from assessments.operations.demonstration.gazetteer import (
    PROVINCE,
    UNITS,
    NewCommune,
    Unit,
    communes_of,
    new_communes,
)
from assessments.operations.demonstration.offices import ARMY, BUSINESS, POLICE, SERVICE
from orgs.models import Form, Level, Organization

DISTRICTS_END, GRASSROOTS = date(2025, 7, 1), date(2026, 7, 26)
RESOLUTION = "Nghị quyết 1677/NQ-UBTVQH15, 16/6/2025"
REGULATION = "Quy định 208-QĐ/TW, 26/7/2026"
OFFICE, GOVERNMENT = "Chi bộ Cơ quan ", "Đảng bộ Ủy ban nhân dân "
FORCES = {ARMY: "QS", POLICE: "CA"}
HEADINGS = (
    "Mã cũ",
    "Tên cũ",
    "Mã mới",
    "Tên mới",
    "Mã cấp trên mới",
    "Cấp mới",
    "Hình thức mới",
    "Ngày hiệu lực",
    "Số quyết định",
)

Row = tuple[str, ...]


@dataclass(slots=True)
class Plan:
    """The rows for one day and one decision."""

    day: date
    decision: str
    rows: list[Row] = field(default_factory=list)

    def add(self, old: Organization, new: str, name="", parent="", level="", form="") -> None:
        """`old` goes into `new`, which is founded there where it is not known; its own code: it moves."""
        told = (old.code, old.name, new, name, parent, level, form)
        self.rows.append((*told, f"{self.day:%d/%m/%Y}", self.decision))


def of_2025(name: str = "") -> Plan:
    """What becomes of each organization of the ten districts; `name`: what the province is called then."""
    plan = Plan(DISTRICTS_END, RESOLUTION)
    for unit in UNITS:
        if unit.district:
            _District(unit, plan).tell()
    if name:
        plan.add(Organization.objects.get(code=PROVINCE[0]), PROVINCE[0], name)
    return plan


def of_2026() -> Plan:
    """The communes become grassroots organizations; the committees of their governments end in them."""
    plan = Plan(GRASSROOTS, REGULATION)
    units = Organization.objects.units().existing_on(GRASSROOTS).filter(level=Level.UNIT)
    for unit in units.exclude(code__in=[unit.code for unit in UNITS]).order_by("position", "pk"):
        plan.add(unit, unit.code, level=Level.GRASSROOTS.label)
        for committee in unit.children.existing_on(GRASSROOTS).filter(name__startswith=GOVERNMENT):
            plan.add(committee, unit.code)
    return plan


class _District:
    """One district: its communes, what its offices become, and its own end."""

    def __init__(self, unit: Unit, plan: Plan):
        self.body, self.plan = Organization.objects.get(code=unit.code), plan
        self.children = list(self.body.children.existing_on(DISTRICTS_END).order_by("position", "pk"))
        numbers = {
            f"{unit.code}.X{place:02}": commune.number
            for place, commune in enumerate(communes_of(unit), start=1)
        }
        into = {number: new for new in new_communes() for number in new.old}
        self.new = {child: into[numbers[child.code]] for child in self.children if child.code in numbers}
        self.seats = cycle(self._seats())
        self.offices = cycle(self._offices())
        self.guards = cycle(_committees_of("CA"))

    def tell(self) -> None:
        for child in self.children:
            if new := self.new.get(child):
                self._commune(child, new)
            else:
                self._agency(child)
        self.plan.add(self.body, PROVINCE[0])

    def _seats(self) -> list[str]:
        """The codes of its new communes, that of its town first."""
        codes = list(dict.fromkeys(self._code(child) for child in self.new))
        towns = {self._code(child) for child in self.new if "thị trấn" in child.name}
        return sorted(codes, key=lambda code: code not in towns)

    def _offices(self) -> list[Organization]:
        """The cell of the offices of each new commune: the first of those of its old ones."""
        codes = {child.pk: self._code(child) for child in self.new}
        cells = Organization.objects.filter(parent__in=codes, name__startswith=OFFICE)
        by_commune: dict[str, list[Organization]] = defaultdict(list)
        for cell in cells.existing_on(DISTRICTS_END).order_by("position", "pk"):
            by_commune[codes[cell.parent_id or 0]].append(cell)
        return [by_commune[code][0] for code in self._seats() if by_commune[code]]

    def _code(self, child: Organization) -> str:
        """A commune that stays as it is keeps its code."""
        new = self.new[child]
        return new.code if len(new.old) > 1 else child.code

    def _commune(self, child: Organization, new: NewCommune) -> None:
        form = Form.COMMITTEE.label if len(new.old) > 1 else ""
        told = {"parent": PROVINCE[0], "level": Level.UNIT.label, "form": form}
        self.plan.add(child, self._code(child), new.body, **told)

    def _agency(self, child: Organization) -> None:
        """Forces go to their own, schools, hospitals and firms to the commune where they are; offices of
        the district end in those of communes."""
        if child.type_label == ARMY:
            self.plan.add(child, child.code, parent=FORCES[ARMY])
        elif child.type_label == POLICE and not child.is_cell:
            self.plan.add(child, next(self.guards))
        elif child.type_label in (SERVICE, BUSINESS):
            self.plan.add(child, child.code, parent=next(self.seats))
        elif child.is_cell:
            self.plan.add(child, next(self.offices).code)
        else:
            self._government(child)

    def _government(self, child: Organization) -> None:
        seat = self._seats()[0]
        name = next(new.name for body, new in self.new.items() if self._code(body) == seat)
        told = {"parent": seat, "form": Form.COMMITTEE.label}
        self.plan.add(child, f"{seat}.D01", f"{GOVERNMENT}{name[0].lower()}{name[1:]}", **told)


def _committees_of(unit: str) -> list[str]:
    rows = Organization.objects.filter(parent__code=unit, form=Form.COMMITTEE)
    standing = rows.existing_on(DISTRICTS_END).order_by("position", "pk")
    return list(standing.values_list("code", flat=True))
