"""The names behind each shortfall: organizations and villages, never persons."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from assessments.models import Kind, OrganizationLine, VillageLine
from assessments.querysets import VILLAGE_STATES
from assessments.reports.kinds import Builder
from assessments.reports.matter import Matter
from assessments.year_rules import CapRule
from orgs.models import Organization
from resolution03.lib.forms_xlsx import Form, FormColumn, FormRow

_ORGANIZATION = (
    FormColumn("tt", "TT", width=5),
    FormColumn("code", "Mã", "text", 14, total="count"),
    FormColumn("name", "Tên tổ chức đảng", "text", 36),
    FormColumn("unit", "Đơn vị", "text", 27),
    FormColumn("parent", "Trực thuộc", "text", 30),
)
_LEVELS = (
    FormColumn("before", "Năm trước", "mark", 10),
    FormColumn("self_rated", "Tự xếp loại", "mark", 10),
    FormColumn("decided", "Mức xếp loại", "mark", 10),
    FormColumn("note", "Lý do, ghi chú", "text", 30),
)
_REASON = (
    FormColumn("before", "Năm trước", "mark", 10),
    FormColumn("self_rated", "Tự xếp loại", "mark", 10),
    FormColumn("note", "Lý do chưa xếp loại", "text", 36),
)
_VILLAGE = (
    FormColumn("tt", "TT", width=5),
    FormColumn("code", "Mã thôn", "text", 14, total="count"),
    FormColumn("name", "Tên thôn, tổ dân phố", "text", 30),
    FormColumn("kind", "Loại", "text", 11),
    FormColumn("unit", "Đơn vị", "text", 27),
    FormColumn("committee", "Đảng bộ xã, phường, thị trấn", "text", 26),
    FormColumn("cell", "Chi bộ", "text", 26),
)
_STATES = (
    ("without_cell", "Chưa có tổ chức đảng"), ("blank_again_cell", "Tái trắng tổ chức đảng"),
    ("without_member", "Chưa có đảng viên"), ("blank_again_member", "Tái trắng đảng viên"),
    ("at_risk", "Nguy cơ tái trắng"),
)
_MARKS = tuple(FormColumn(key, heading, "mark", 10) for key, heading in _STATES)


@dataclass(frozen=True)
class NameList:
    """One list, and how many names the system counts for it."""

    form: Form
    expected: int


@dataclass(frozen=True)
class Lists:
    """Makes the lists of one report."""

    matter: Matter
    builders: tuple[Builder, ...]

    def build(self) -> list[NameList]:
        return [
            self._organizations(
                "DS 01 TCCSĐ", "TỔ CHỨC CƠ SỞ ĐẢNG CHƯA ĐẠT TRONG SẠCH, VỮNG MẠNH",
                self.matter.rows("grassroots_strong", "missed"), _LEVELS, of_units=True,
            ),
            self._organizations(
                "DS 02 Trực thuộc",
                "TỔ CHỨC ĐẢNG TRỰC THUỘC ĐẢNG ỦY CƠ SỞ CHƯA ĐẠT TRONG SẠCH, VỮNG MẠNH",
                self.matter.rows("affiliated_strong", "missed"), _LEVELS,
            ),
            self._organizations(
                "DS 03 Chưa xếp loại", "TỔ CHỨC ĐẢNG CHƯA XẾP LOẠI VÀ LÝ DO",
                self._unrated(), _REASON,
            ),
            self._blank_villages(),
            self._heads(),
            self._over_caps(),
        ]

    def _form(self, name: str, title: str, columns, rows: Iterable[FormRow], notes=()) -> Form:
        number, found = name.split()[1], [*rows]
        return Form(
            name=name, number=f"Danh sách số {number}/NQ03",
            title=f"{title}, NĂM {self.matter.year.pk}", columns=columns, rows=found,
            notes=[*notes] if found else ["Không có trường hợp nào.", *notes],
            unit_line="Sắp theo danh mục của Ban",
        )

    def _organizations(
        self, name: str, title: str, lines: QuerySet, more, of_units: bool = False
    ) -> NameList:
        """`of_units`: all of them stand directly under a unit."""
        columns = (*(_ORGANIZATION[:4] if of_units else _ORGANIZATION), *more)
        found = sorted(lines.select_related("self_rated", "decided"), key=self._place)
        rows = [self._organization(n, line) for n, line in enumerate(found, start=1)]
        return NameList(self._form(name, title, columns, rows), lines.count())

    def _organization(self, number: int, line: OrganizationLine) -> FormRow:
        return FormRow(line.organization_id, {
            "tt": number, "code": line.code, "name": line.name,
            "unit": self._names.get(line.unit_id), "parent": self._names.get(line.parent_id),
            "before": self._levels_before.get(line.organization_id),
            "self_rated": line.self_rated and line.self_rated.code,
            "decided": line.decided and line.decided.code,
            "note": line.reason or line.note,
        })

    def _unrated(self) -> QuerySet:
        """Both kinds together, grassroots organizations first."""
        both = Q()
        for code in ("grassroots_strong", "affiliated_strong"):
            both |= Q(pk__in=self.matter.rows(code, "unrated").values("pk"))
        return OrganizationLine.objects.under(self.matter.scope).filter(both)

    def _place(self, line: OrganizationLine | VillageLine) -> tuple:
        """Grassroots organizations before affiliated ones, by unit, as the Board lists them."""
        is_affiliated = getattr(line, "kind", "") == Kind.AFFILIATED
        return is_affiliated, self._unit_order[line.unit_id], line.position, line.pk

    @cached_property
    def _unit_order(self) -> dict[int, int]:
        return {place.id: number for number, place in enumerate(self.matter.places)}

    @cached_property
    def _names(self) -> dict[int, str]:
        """Names of units and of organizations in the report's scope, as of that year."""
        lines = OrganizationLine.objects.under(self.matter.scope).filter(year=self.matter.year)
        names = dict(lines.order_by().values_list("organization_id", "name"))
        return names | {place.id: place.name for place in self.matter.places}

    @cached_property
    def _levels_before(self) -> dict[int, str]:
        if self.matter.before is None:
            return {}
        lines = OrganizationLine.objects.under(self.matter.scope).filter(year=self.matter.before)
        rated = lines.in_roster().rated().order_by()
        return dict(rated.values_list("organization_id", "decided__code"))

    def _blank_villages(self) -> NameList:
        wanted = Q()
        for state, _heading in _STATES:
            wanted |= VILLAGE_STATES[state]
        states = {
            state: set(self._villages(VILLAGE_STATES[state]).values_list("pk", flat=True))
            for state, _heading in _STATES
        }
        lines = self._villages(wanted)
        rows = [
            self._village(n, line, {key: "x" for key, found in states.items() if line.pk in found})
            for n, line in enumerate(sorted(lines, key=self._place), start=1)
        ]
        title = "THÔN, TỔ DÂN PHỐ TRẮNG, TÁI TRẮNG VÀ CÓ NGUY CƠ TÁI TRẮNG"
        form = self._form("DS 04 Thôn trắng", title, (*_VILLAGE, *_MARKS), rows)
        return NameList(form, lines.count())

    def _heads(self) -> NameList:
        words = {"not_member": "Thôn trưởng chưa là đảng viên", "vacant": "Khuyết thôn trưởng"}
        lines = self._villages(Q(head_state__in=list(words)))
        rows = [
            self._village(n, line, {"state": words[line.head_state]})
            for n, line in enumerate(sorted(lines, key=self._place), start=1)
        ]
        columns = (*_VILLAGE, FormColumn("state", "Tình trạng", "text", 30))
        title = "THÔN, TỔ DÂN PHỐ CÓ THÔN TRƯỞNG CHƯA LÀ ĐẢNG VIÊN HOẶC KHUYẾT"
        return NameList(self._form("DS 05 Thôn trưởng", title, columns, rows), lines.count())

    def _villages(self, state: Q) -> QuerySet:
        lines = VillageLine.objects.under(self.matter.scope).filter(state, year=self.matter.year)
        return lines.select_related("committee", "cell")

    def _village(self, number: int, line: VillageLine, more: dict) -> FormRow:
        return FormRow(line.village_id, {
            "tt": number, "code": line.code, "name": line.name, "kind": line.get_kind_display(),
            "unit": self._names.get(line.unit_id), "committee": self._name(line.committee),
            "cell": self._name(line.cell), **more,
        })

    def _name(self, organization: Organization | None) -> str | None:
        """The name borne that year; today's for what the year's roster does not list."""
        return organization and self._names.get(organization.pk, organization.name)

    def _over_caps(self) -> NameList:
        columns = (
            *_ORGANIZATION[:4],
            FormColumn("subject", "Đối tượng", "text", 26),
            FormColumn("level", "Mức", "mark", 10),
            FormColumn("cap", "Trần", "text", 24),
            FormColumn("base", "Cơ sở", width=8),
            FormColumn("allowed", "Được phép", width=8),
            FormColumn("used", "Đã xếp", width=8),
            FormColumn(
                "over", "Vượt", width=8, formula="{used}-{allowed}", label="{used}-{allowed}",
                compute=lambda values: values["used"] - values["allowed"], total="sum",
            ),
        )
        rows = [*self._groups_over()]
        for number, row in enumerate(rows, start=1):
            row.values["tt"] = number
        notes = ["Vượt trần là cảnh báo, cần có lý do bằng văn bản; không tự động thay đổi xếp loại."]
        form = self._form("DS 06 Vượt trần", "ĐƠN VỊ, TỔ CHỨC VƯỢT TRẦN XẾP LOẠI", columns, rows, notes)
        return NameList(form, len(rows))

    def _groups_over(self) -> Iterator[FormRow]:
        for builder in self.builders:
            for cap, over in builder.over_caps:
                for unit, place, ceiling in sorted(over, key=lambda group: self._order(*group[:2])):
                    yield FormRow((cap, place), {
                        "code": self._codes.get(place), "name": self._names.get(place),
                        "unit": self._names.get(unit), "subject": _SUBJECTS[cap.subject],
                        "level": cap.level_code, "cap": _cap_words(cap), "base": ceiling.base,
                        "allowed": ceiling.allowed, "used": ceiling.used,
                    })

    @cached_property
    def _codes(self) -> dict[int, str]:
        lines = OrganizationLine.objects.under(self.matter.scope).filter(year=self.matter.year)
        grassroots = lines.filter(kind=Kind.GRASSROOTS)
        return dict(grassroots.values_list("organization_id", "code")) | {
            place.id: place.code for place in self.matter.places
        }

    def _order(self, unit: int, place: int) -> tuple[int, int]:
        return self._unit_order[unit], list(self._codes).index(place)


_SUBJECTS = {
    "grassroots": "Tổ chức cơ sở đảng", "affiliated": "Trực thuộc đảng ủy cơ sở", "member": "Đảng viên",
}


def _cap_words(cap: CapRule) -> str:
    base = "số đã xếp loại" if cap.base == "rated" else f"số {cap.base_level_code}"
    return f"{cap.percent.normalize():f}% {base}".replace(".", ",")
