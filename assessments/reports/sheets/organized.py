"""Form 10: programmes and plans, reviews, contests and training of each unit, as they were entered."""

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Count, Q, Sum
from django.utils.text import capfirst

from assessments.entry.records.models import Record, RecordKind
from assessments.entry.records.organized import NOTHING, REVIEWS, Organized, of_ended, of_year
from assessments.reports.building.matter import Matter, Place
from assessments.reports.building.sources import Check, Sheet, Sources
from orgs.models import Organization
from resolution03.lib.figures import number
from resolution03.lib.forms_xlsx import TOTAL, Form, FormColumn, FormRow

_PROGRAMME = "Chương trình thực hiện Nghị quyết (III.1)"
_PLAN = "Kế hoạch trong năm (III.1)"
_REVIEW = "Sơ kết, tổng kết (III.4)"
_CONTEST = "Hội thi bí thư chi bộ giỏi (II.2)"
_TRAINING = "Bồi dưỡng cấp ủy cơ sở (III.2-3)"
_HAS = {"programme": "chương trình", "plan": "kế hoạch trong năm", "review": "cuộc sơ kết, tổng kết"}
_SUMS = {
    "contests": "contests_held",
    "participants": "participants",
    "prizes": "prizes",
    "classes": "classes",
    "persons": "persons",
    "school": "school_persons",
    "funds": "funds",
}
"""Column → what an `Organized` calls it."""


def build(matter: Matter, sources: Sources) -> Form:
    """The form with one row a unit; what the province itself holds stands below."""
    held = sources.once(_held)
    rows = [_row(n, place, _of(held, place)) for n, place in enumerate(matter.places, start=1)]
    notes = [*_notes(matter, rows, held)]
    rows += [_ended_row(len(rows) + n, *one) for n, one in enumerate(_ended(matter, held), start=1)]
    return Form(
        name="10 Kế hoạch, bồi dưỡng",
        number=f"Biểu số 10/{matter.mark}",
        title=f"CHƯƠNG TRÌNH, KẾ HOẠCH; SƠ KẾT, TỔNG KẾT; BỒI DƯỠNG, NĂM {matter.year.pk}",
        unit_line="Đơn vị tính: văn bản, cuộc, lớp; lượt người; kinh phí: triệu đồng",
        columns=[*_columns()],
        rows=rows,
        on_one_page=matter.fits_one_page,
        notes=notes,
    )


def by_place(matter: Matter) -> list[tuple[Place, Organized]]:
    """The units of the report in the office's order, with what each organized."""
    held = _held(matter)
    return [(place, _of(held, place)) for place in matter.places]


def _held(matter: Matter) -> Mapping[int, Organized]:
    return of_year(Record.objects.under(matter.scope), matter.year)


def _of(held: Mapping[int, Organized], place: Place) -> Organized:
    return NOTHING if place.id is None else held.get(place.id, NOTHING)


def _columns() -> Iterator[FormColumn]:
    yield FormColumn("tt", "TT", width=4)
    yield FormColumn("name", "Đơn vị", "text", 24)
    for key, group in (("programme", _PROGRAMME), ("plan", _PLAN), ("review", _REVIEW)):
        yield FormColumn(key, "Có (1), chưa (0)", group=group, width=7, total="sum")
        yield FormColumn(f"{key}_number", "Số, ký hiệu", "text", 14, group=group)
        yield FormColumn(f"{key}_on", "Ngày", "date", 10.5, group=group)
    yield FormColumn("contests", "Số cuộc", group=_CONTEST, width=6, total="sum")
    yield FormColumn("participants", "Số dự thi", group=_CONTEST, width=7, total="sum")
    yield FormColumn("prizes", "Số giải", group=_CONTEST, width=6, total="sum")
    yield FormColumn("classes", "Số lớp", group=_TRAINING, width=6, total="sum")
    yield FormColumn("persons", "Lượt người", group=_TRAINING, width=7.5, total="sum")
    yield FormColumn("school", "Trong đó Trường Chính trị", group=_TRAINING, width=9, total="sum")
    yield FormColumn("funds", "Kinh phí", group=_TRAINING, width=8, total="sum")


def _row(number: int, place: Place, held: Organized) -> FormRow:
    values = {"tt": number, "name": place.name}
    for key, documents in _documents(held).items():
        values |= {
            key: int(bool(documents)),
            f"{key}_number": "; ".join(one.number for one in documents if one.number),
            f"{key}_on": documents[-1].on if documents else None,
        }
    return FormRow(place.id, values | {key: getattr(held, name) for key, name in _SUMS.items()})


def _ended(matter: Matter, held: Mapping[int, Organized]) -> list[tuple[Organization, Organized]]:
    """Units that ended in the year, with what they had held until then."""
    known = {place.id for place in matter.places} | {matter.scope.pk}
    return of_ended(held, known, matter.year.pk)


def _ended_row(number: int, organization: Organization, held: Organized) -> FormRow:
    """No unit of the year any more: what it has is not asked, what it held is in the sums."""
    row = _row(number, Place(organization.pk, "", f"{organization.name} (đã kết thúc)"), held)
    row.values |= dict.fromkeys(_HAS)
    return row


def _documents(held: Organized) -> Mapping[str, tuple[Record, ...]]:
    return {"programme": held.programmes[-1:], "plan": held.plans, "review": held.reviews}


def _notes(matter: Matter, rows: list[FormRow], held: Mapping[int, Organized]) -> Iterator[str]:
    parts = [
        f"{words}: {number(sum(row.values[key] for row in rows))}/{number(len(rows))}"
        for key, words in _HAS.items()
    ]
    yield f"Đơn vị có / tổng số đơn vị: {'; '.join(parts)}."
    yield (
        "Chương trình còn hiệu lực thì tính cho các năm sau. Ô trống: đơn vị chưa ghi, không tính là 0. "
        "Số cộng từ từng văn bản, từng cuộc, từng lớp đã ghi."
    )
    for key, name in _SUMS.items():
        lacking = [place.name for place in matter.places if _of(held, place).lacks(name)]
        if lacking:
            yield f"{_place(key)}: cộng chưa đủ; còn thiếu ở {'; '.join(lacking)}."
    if matter.unit is None:
        yield from _of_province(held.get(matter.scope.pk, NOTHING))


def _place(key: str) -> str:
    """`Cột 18`: where a column stands."""
    keys = [column.key for column in _columns()]
    return f"Cột {keys.index(key) + 1}"


def _of_province(held: Organized) -> Iterator[str]:
    """What the province itself issued and held, which is in no sum."""
    told = [
        f"{capfirst(_HAS[key])} {one.number} ngày {one.on:%d/%m/%Y}".replace("  ", " ")
        for key, documents in _documents(held).items()
        for one in documents
    ]
    if held.contests:
        told.append(f"{number(held.contests_held)} hội thi, {number(held.participants)} người dự thi")
    if held.trainings:
        told.append(f"{number(held.classes)} lớp bồi dưỡng, {number(held.persons)} lượt người")
    if told:
        yield f"Cấp tỉnh, không cộng vào biểu: {'; '.join(told)}."


def checks(sources: Sources, form: Form) -> Iterable[Check]:
    """Every number, counted by the database: of each unit and of all."""
    matter = sources.matter
    system = sources.once(_counted)
    ended = [one.pk for one, _held in _ended(matter, sources.once(_held))]
    for place in (*matter.places, None):
        row, whose = (place.id, place.name) if place else (TOTAL, form.total_label)
        for key in (*_HAS, *_SUMS):
            units = [one.id for one in ([place] if place else matter.places)]
            asked = units if place or key in _HAS else [*units, *ended]
            known = [value for one in asked if (value := system[key].get(one)) is not None]
            value = sum(known) if known or key in _HAS else None
            if asked:
                yield Check(form, row, key, f"{whose}: {form_words(form, key)}", value)


def form_words(form: Form, key: str) -> str:
    column = next(one for one in form.columns if one.key == key)
    return f"{column.group}, {column.heading}"


def _counted(matter: Matter) -> Mapping[str, Mapping[int | None, int | None]]:
    """Column → unit → what stands in the table, by statements of their own."""
    rows = Record.objects.under(matter.scope).order_by()
    own = rows.filter(year=matter.year)
    has = {
        "programme": rows.filter(year__lte=matter.year, kind=RecordKind.PROGRAMME),
        "plan": own.filter(kind=RecordKind.PLAN),
        "review": own.filter(kind__in=REVIEWS),
    }
    found: dict[str, dict] = {
        key: dict.fromkeys(some.values_list("organization", flat=True), 1) for key, some in has.items()
    }
    names = [name for name in _SUMS.values() if name != "contests_held"]
    summed = {f"sum_{name}": Sum(name) for name in names}
    held_contests = Count("pk", filter=Q(kind=RecordKind.CONTEST))
    sums = own.values_list("organization").annotate(held=held_contests, **summed)
    for organization, held, *values in sums:
        told = dict(zip(names, values, strict=True)) | {"contests_held": held or None}
        for key, name in _SUMS.items():
            found.setdefault(key, {})[organization] = told[name]
    return {key: found.get(key, {}) for key in (*_HAS, *_SUMS)}


SHEET = Sheet("organized", "B10", build, checks)
