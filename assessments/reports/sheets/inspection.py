"""Form 09: inspection and supervision, planned and done, and discipline by form, by unit (the resolution's
II.6)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from django.db.models import Count, Sum
from django.utils.text import capfirst

from assessments.reports.building.columns import PARTLY, starred
from assessments.reports.building.counted import GivenByRow
from assessments.reports.building.matter import Matter, Place
from assessments.reports.building.sources import Check, Sheet, Sources
from assessments.reports.sheets.counted_parts import FIRST, lettered, parts_of
from assessments.roster.models.discipline import FORMS_OF, Discipline, Disciplined, DisciplineForm
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.count_forms import INSPECTION
from resolution03.lib.form_columns import Values
from resolution03.lib.forms_xlsx import TOTAL, Form, FormColumn, FormRow

_KEY, _WORDS = "inspection", "KIỂM TRA, GIÁM SÁT, KỶ LUẬT"
_GROUPS = {
    Disciplined.ORGANIZATION: "Kỷ luật tổ chức đảng",
    Disciplined.MEMBER: "Kỷ luật đảng viên",
    Disciplined.COMMITTEE: "Trong đó cấp ủy viên",
}
_NAMES = {
    DisciplineForm.REPRIMAND: "khiển trách",
    DisciplineForm.WARNING: "cảnh cáo",
    DisciplineForm.REMOVAL: "cách chức",
    DisciplineForm.EXPULSION: "khai trừ",
    DisciplineForm.DISSOLUTION: "giải tán",
    DisciplineForm.ANY: "mọi hình thức",
}
_WHOLES = (Disciplined.ORGANIZATION, Disciplined.MEMBER)
"""Of whom the forms are added up."""

Told = Mapping[tuple[int, str], tuple[int, int]]
"""Row and column → decisions, and how many grassroots organizations told them."""


def build(matter: Matter, sources: Sources) -> Form:
    """Its first sheet."""
    return parts_of(matter, INSPECTION, _WORDS, more=1)[0].build(sources.once(GivenByRow))


def split(matter: Matter) -> Sequence[Sheet]:
    """The sheets of counts, then that of discipline."""
    parts = parts_of(matter, INSPECTION, _WORDS, more=1)
    number = lettered(INSPECTION, len(parts) + 1)[-1]
    last = Sheet(f"{_KEY}_{number}", f"B{number}", partial(discipline, number=number), _checks)
    return [*(part.sheet(_KEY) for part in parts), last]


def discipline(matter: Matter, sources: Sources, number: str) -> Form:
    """Decisions of the year by form: of organizations, of members, among them members of committees."""
    given = sources.once(GivenByRow)
    told = _told(matter)
    places = enumerate(given.places(()), start=1)
    form = Form(
        name=f"{number} Kỷ luật",
        number=f"Biểu số {number}/{matter.mark}",
        title=f"THI HÀNH KỶ LUẬT TRONG ĐẢNG, NĂM {matter.year.pk}",
        unit_line="Đơn vị tính: tổ chức đảng; đảng viên",
        columns=[*FIRST, *_columns()],
        rows=[_row(n, place, told, _asked(given, place)) for n, place in places],
        notes=["Chỗ để trống: chưa có số, không tính là 0. Số của tổ chức cơ sở đảng gồm cả các chi bộ."],
    )
    return starred(form)


def _columns() -> Iterator[FormColumn]:
    for of, forms in FORMS_OF.items():
        keys = [f"{of}_{form}" for form in forms]
        if of in _WHOLES:
            yield _sum(f"{of}_all", keys, _GROUPS[of])
        for key, form in zip(keys, forms, strict=True):
            yield FormColumn(key, capfirst(_NAMES[form]), group=_GROUPS[of], width=8, total="sum")


def _sum(key: str, parts: Sequence[str], group: str) -> FormColumn:
    """What adds up the forms; blank where none was told."""
    cells = [f"{{{part}}}" for part in parts]

    def compute(values: Values) -> int | None:
        known = [values[part] for part in parts if values.get(part) is not None]
        return sum(known) if known else None

    return FormColumn(
        key,
        "Cộng",
        group=group,
        width=7,
        formula=f'IF(COUNT({",".join(cells)})=0,"",SUM({",".join(cells)}))',
        compute=compute,
        label="+".join(cells),
        total="formula",
    )


def _row(number: int, place: Place, told: Told, asked: int) -> FormRow:
    row = FormRow(place.id, {"tt": number, "name": place.name})
    for of, forms in FORMS_OF.items():
        for form in forms:
            key = f"{of}_{form}"
            count, given = told.get((place.id or 0, key), (None, 0))
            row.values[key], row.given[key] = count, (given, asked)
            if count is not None and given < asked:
                row.formats[key] = {"num_format": PARTLY}
    return row


def _asked(given: GivenByRow, place: Place) -> int:
    """How many grassroots organizations a row stands for."""
    return sum(place.id in pair for pair in given.counts.bodies().items())


def _told(matter: Matter) -> Told:
    """By unit; of a unit's own report by grassroots organization. One statement."""
    at = "line__grassroots_id" if matter.unit else "line__unit_id"
    rows = _decisions(matter).values_list(at, "of", "form")
    counted = rows.annotate(Sum("count"), Count("line__grassroots", distinct=True))
    return {(place, f"{of}_{form}"): (count, given) for place, of, form, count, given in counted}


def _decisions(matter: Matter):
    lines = OrganizationLine.objects.under(matter.scope).filter(year=matter.year).in_roster()
    return Discipline.objects.filter(line__in=lines).order_by()


def _checks(sources: Sources, form: Form) -> Iterable[Check]:
    """The decisions in all, counted by the database."""
    rows = _decisions(sources.matter).values_list("of", "form").annotate(Sum("count"))
    found = {f"{of}_{kind}": count for of, kind, count in rows}
    for column in form.columns:
        if column.total == "sum":
            words = f"{form.total_label}: {column.group}, {column.heading}"
            yield Check(form, TOTAL, column.key, words, found.get(column.key))


SHEET = Sheet(_KEY, "B09", build, split=split)
