"""The names behind each shortfall: organizations and villages, never persons."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from assessments.figures.capped_groups import CappedGroup
from assessments.figures.indicator import Indicator, NameSheet
from assessments.figures.indicators import INDICATORS, leading
from assessments.reports.building.matter import Matter
from assessments.reports.building.names import Names
from assessments.reports.building.sources import Check, Sheet, Sources
from assessments.roster.models.lines import OrganizationLine
from assessments.roster.models.tallies import Subject
from assessments.roster.models.village_lines import VillageLine
from assessments.roster.querysets import VILLAGE_STATES
from assessments.rules.cap_rule import CapRule
from resolution03.lib.figures import plain
from resolution03.lib.forms_xlsx import TOTAL, Form, FormColumn, FormRow

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
    ("without_cell", "Chưa có tổ chức đảng"),
    ("blank_again_cell", "Tái trắng tổ chức đảng"),
    ("without_member", "Chưa có đảng viên"),
    ("blank_again_member", "Tái trắng đảng viên"),
    ("at_risk", "Nguy cơ tái trắng"),
)
_MARKS = tuple(FormColumn(key, heading, "mark", 10) for key, heading in _STATES)
_HEADS = {"not_member": "Thôn trưởng chưa là đảng viên", "vacant": "Khuyết thôn trưởng"}

Lines = Callable[[Matter], QuerySet]
Row = Callable[[Names, Any], dict]


@dataclass(frozen=True)
class NameList:
    """A list of names as it is declared: which lines it lists, and what each row tells."""

    key: str
    number: str
    words: str
    title: str
    columns: Sequence[FormColumn]
    lines: Lines
    row: Row

    def sheet(self) -> Sheet:
        return Sheet(self.key, f"D{self.number}", self.build, self.checks)

    def build(self, matter: Matter, sources: Sources) -> Form:
        names = sources.names
        found = sorted(self.lines(matter), key=names.place)
        return _form(
            matter,
            self.number,
            self.words,
            self.title,
            self.columns,
            [
                FormRow(line.pk, {"tt": number, **self.row(names, line)})
                for number, line in enumerate(found, start=1)
            ],
        )

    def checks(self, sources: Sources, form: Form) -> Iterable[Check]:
        """The list names as many as the system counts."""
        return [_length(form, self.lines(sources.matter).count())]


def _form(matter: Matter, number: str, words: str, title: str, columns, rows, notes=()) -> Form:
    return Form(
        name=f"DS {number} {words}",
        number=f"Danh sách số {number}/{matter.mark}",
        title=f"{title}, NĂM {matter.year.pk}",
        columns=columns,
        rows=rows,
        notes=[*notes] if rows else ["Không có trường hợp nào.", *notes],
        unit_line="Sắp theo danh mục của Ban",
    )


def _length(form: Form, expected: int) -> Check:
    return Check(form, TOTAL, "code", "Số dòng của danh sách", expected)


def _against(indicator: Indicator) -> Lines:
    """Who stands against the target."""
    part = "met" if indicator.counted.is_limited else "missed"
    joined = ("committee", "cell") if indicator.is_of_villages else ("self_rated", "decided")
    return lambda matter: matter.rows(indicator.code, part).select_related(*joined)


def _both(matter: Matter, wanted: Callable[[str], QuerySet]) -> QuerySet:
    """Lines of both kinds of organizations."""
    among = Q()
    for kind in (Subject.GRASSROOTS, Subject.AFFILIATED):
        among |= Q(pk__in=wanted(leading(kind).code).values("pk"))
    lines = OrganizationLine.objects.under(matter.scope).filter(among)
    return lines.select_related("self_rated", "decided")


def _unrated(matter: Matter) -> QuerySet:
    return _both(matter, lambda code: matter.rows(code, "unrated"))


def _lowest(matter: Matter) -> QuerySet:
    """Those at the last level of the year's scheme."""
    codes = [level.code for level in matter.levels(Subject.GRASSROOTS)[-1:]]
    return _both(matter, lambda code: matter.rows(code, "missed").filter(decided__code__in=codes))


def _villages(matter: Matter) -> QuerySet:
    lines = VillageLine.objects.under(matter.scope).filter(year=matter.year)
    return lines.select_related("committee", "cell")


def _blank_villages(matter: Matter) -> QuerySet:
    wanted = Q()
    for state, _heading in _STATES:
        wanted |= VILLAGE_STATES[state]
    found = _villages(matter).filter(wanted)
    return found.annotate(**{f"is_{state}": VILLAGE_STATES[state] for state, _heading in _STATES})


def _heads(matter: Matter) -> QuerySet:
    return _villages(matter).filter(head_state__in=list(_HEADS))


def _organization(names: Names, line: OrganizationLine) -> dict:
    return {
        "code": line.code,
        "name": line.name,
        "unit": names.of(line.unit_id),
        "parent": names.of(line.parent_id),
        "before": names.levels_before.get(line.organization_id),
        "self_rated": line.self_rated and line.self_rated.code,
        "decided": line.decided and line.decided.code,
        "note": line.reason or line.note,
    }


def _village(names: Names, line: VillageLine) -> dict:
    return {
        "code": line.code,
        "name": line.name,
        "kind": line.get_kind_display(),
        "unit": names.of(line.unit_id),
        "committee": names.then(line.committee),
        "cell": names.then(line.cell),
    }


def _states(names: Names, line: VillageLine) -> dict:
    marks = {state: "x" for state, _heading in _STATES if getattr(line, f"is_{state}")}
    return _village(names, line) | marks


def _head(names: Names, line: VillageLine) -> dict:
    return _village(names, line) | {"state": _HEADS[line.head_state]}


_LISTS = (
    NameList(
        "not_rated",
        "03",
        "Chưa xếp loại",
        "TỔ CHỨC ĐẢNG CHƯA XẾP LOẠI VÀ LÝ DO",
        (*_ORGANIZATION, *_REASON),
        _unrated,
        _organization,
    ),
    NameList(
        "villages_blank",
        "04",
        "Thôn trắng",
        "THÔN, TỔ DÂN PHỐ TRẮNG, TÁI TRẮNG VÀ CÓ NGUY CƠ TÁI TRẮNG",
        (*_VILLAGE, *_MARKS),
        _blank_villages,
        _states,
    ),
    NameList(
        "villages_heads",
        "05",
        "Thôn trưởng",
        "THÔN, TỔ DÂN PHỐ CÓ THÔN TRƯỞNG CHƯA LÀ ĐẢNG VIÊN HOẶC KHUYẾT",
        (*_VILLAGE, FormColumn("state", "Tình trạng", "text", 30)),
        _heads,
        _head,
    ),
    NameList(
        "lowest_level",
        "07",
        "Mức thấp nhất",
        "TỔ CHỨC ĐẢNG XẾP LOẠI Ở MỨC CUỐI CỦA BỘ MỨC",
        (*_ORGANIZATION, *_LEVELS),
        _lowest,
        _organization,
    ),
)
_LISTED: dict[Subject, tuple[Sequence[FormColumn], Row]] = {
    Subject.GRASSROOTS: ((*_ORGANIZATION[:4], *_LEVELS), _organization),
    Subject.AFFILIATED: ((*_ORGANIZATION, *_LEVELS), _organization),
    Subject.VILLAGE: (_VILLAGE, _village),
    Subject.HEAD: (_VILLAGE, _village),
}
_CAP_COLUMNS = (
    *_ORGANIZATION[:4],
    FormColumn("subject", "Đối tượng", "text", 26),
    FormColumn("level", "Mức", "mark", 10),
    FormColumn("cap", "Trần", "text", 22),
    FormColumn("base", "Cơ sở", width=7),
    FormColumn("allowed", "Được phép", width=7),
    FormColumn("used", "Đã xếp", width=7),
    FormColumn(
        "over",
        "Vượt",
        width=7,
        formula="{used}-{allowed}",
        label="{used}-{allowed}",
        compute=lambda values: values["used"] - values["allowed"],
        total="sum",
    ),
    FormColumn("note", "Lý do đã ghi", "text", 34),
)
_SUBJECTS: dict[str, str] = {
    Subject.GRASSROOTS: "Tổ chức cơ sở đảng",
    Subject.AFFILIATED: "Trực thuộc đảng ủy cơ sở",
    Subject.MEMBER: "Đảng viên",
}


def _over_caps(matter: Matter, sources: Sources) -> Form:
    rows = [*_groups_over(matter, sources.names)]
    for number, row in enumerate(rows, start=1):
        row.values["tt"] = number
    notes = [
        "Vượt trần là cảnh báo, cần có lý do bằng văn bản; không tự động thay đổi xếp loại.",
        "Cơ sở: số đã xếp loại, hoặc số xếp mức tính trần trở lên. Với trần p% số HTTNV, nhiều nhất là "
        "p × cơ sở / (100 + p), làm tròn xuống theo từng nhóm: 20% là một phần sáu, 25% là một phần năm.",
    ]
    title = "ĐƠN VỊ, TỔ CHỨC VƯỢT TRẦN XẾP LOẠI"
    return _form(matter, "06", "Vượt trần", title, _CAP_COLUMNS, rows, notes)


def _groups_over(matter: Matter, names: Names) -> Iterator[FormRow]:
    for subject, caps in matter.over_caps.items():
        for cap, over in caps:
            reasons = matter.cap_reasons(cap) if over else {}
            for group in sorted(over, key=lambda group: names.order(group.key)):
                yield _group_over(names, subject, group, reasons.get(group.key, Counter()))


def _group_over(names: Names, subject: str, group: CappedGroup, reasons: Counter) -> FormRow:
    key, ceiling = group.key, group.ceiling
    cap = ceiling.rule
    return FormRow(
        (cap, key),
        {
            "code": names.codes.get(key.place),
            "name": names.of_group(key),
            "unit": names.of(key.unit),
            "subject": _SUBJECTS[subject],
            "level": cap.level_code,
            "cap": _cap_words(cap),
            "base": ceiling.base,
            "allowed": ceiling.allowed,
            "used": ceiling.used,
            "note": _reasons(subject, reasons),
        },
    )


def _reasons(subject: str, found: Counter) -> str:
    """What was written; of members only how many, as a text may speak of one of them."""
    if not found:
        return "Chưa ghi lý do"
    if subject == Subject.MEMBER:
        return f"Đã ghi lý do ở {found.total()} dòng"
    return "; ".join(f"{text} ({count})" if count > 1 else text for text, count in found.most_common())


def _cap_checks(sources: Sources, form: Form) -> Iterable[Check]:
    caps = (caps for caps in sources.matter.over_caps.values())
    return [_length(form, sum(len(over) for found in caps for _cap, over in found))]


def _cap_words(cap: CapRule) -> str:
    base = f"số {cap.base_level_code}" if cap.is_beside else "số đã xếp loại"
    return f"{plain(cap.percent)}% {base}"


def _of_indicator(indicator: Indicator, told: NameSheet) -> NameList:
    """The list that an indicator declares."""
    columns, row = _LISTED[indicator.subject]
    return NameList(told.key, told.number, told.words, told.title, columns, _against(indicator), row)


def sheets() -> list[Sheet]:
    """All lists by their numbers."""
    of_indicators = (_of_indicator(one, told) for one in INDICATORS.values() if (told := one.paper.sheet))
    found = [declared.sheet() for declared in (*of_indicators, *_LISTS)]
    found.append(Sheet("over_caps", "D06", _over_caps, _cap_checks))
    return sorted(found, key=lambda sheet: sheet.tag)
