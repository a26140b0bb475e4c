"""Form 04: villages, their cells and their heads, by unit (DOMAIN §6, Biểu 04)."""

from collections.abc import Iterable

from assessments.figures.indicator import Indicator
from assessments.figures.indicators import HEADS, INDICATORS
from assessments.reports.building.columns import short_column, starred, verdict_column
from assessments.reports.building.matter import Matter, Place
from assessments.reports.building.sources import Check, Sheet, Sources
from assessments.reports.sheets.more import column_of, not_among, value_of
from assessments.reports.sheets.office_counts import OfficeCounts
from assessments.roster.models.tallies import Subject
from resolution03.lib.figures import percent
from resolution03.lib.form_columns import added, share
from resolution03.lib.forms_xlsx import TOTAL, Form, FormColumn, FormRow

_STATES = (
    "total",
    "shared_cell",
    "without_cell",
    "blank_again_cell",
    "without_member",
    "blank_again_member",
    "at_risk",
)
_HEADS = ("member", "not_member", "probationary", "secretary", "vacant")
_CELLS, _HEAD = "Tổ chức đảng ở thôn", "Thôn trưởng, tổ trưởng tổ dân phố"
_COUNTED = "Đơn vị đếm"


def build(matter: Matter, sources: Sources) -> Form:
    """The form with one row a unit."""
    counts = OfficeCounts(matter, "04")
    more = not_among("villages", _columns(matter, counts, []))
    places = enumerate(matter.places, start=1)
    return starred(
        Form(
            name="04 Thôn",
            number=f"Biểu số 04/{matter.mark}",
            title="TỔ CHỨC ĐẢNG Ở THÔN, TỔ DÂN PHỐ VÀ THÔN TRƯỞNG, TỔ TRƯỞNG TỔ DÂN PHỐ, "
            f"NĂM {matter.year.pk}",
            unit_line="Đơn vị tính: thôn, tổ dân phố; người; tỷ lệ: %",
            columns=[*_columns(matter, counts, more)],
            rows=[_row(matter, counts, more, n, place) for n, place in places],
            on_one_page=matter.fits_one_page,
            notes=[*_notes(matter)],
        )
    )


def _columns(matter: Matter, counts: OfficeCounts, more: list[Indicator]) -> Iterable[FormColumn]:
    yield FormColumn("tt", "TT", width=4)
    yield FormColumn("name", "Đơn vị", "text", 25)
    yield FormColumn("total", "Tổng số thôn, TDP", width=7, total="sum")
    yield FormColumn(
        "own_cell",
        "Chi bộ độc lập",
        group=_CELLS,
        width=7,
        total="formula",
        formula="{total}-{shared_cell}-{without_cell}",
        label="{total}-{shared_cell}-{without_cell}",
        compute=lambda v: v["total"] - v["shared_cell"] - v["without_cell"],
    )
    for key, heading in (
        ("shared_cell", "Sinh hoạt ghép"),
        ("without_cell", "Chưa có tổ chức đảng"),
        ("blank_again_cell", "Tái trắng tổ chức đảng"),
        ("without_member", "Chưa có đảng viên"),
        ("blank_again_member", "Tái trắng đảng viên"),
        ("at_risk", "Nguy cơ tái trắng"),
    ):
        yield FormColumn(key, heading, group=_CELLS, width=7.5, total="sum")
    yield from _head_columns()
    yield from (column_of(one, _CELLS) for one in more)
    aim = matter.aim(HEADS.code)
    if aim.value is not None:
        due = f", đến năm {aim.due}" if aim.due else ""
        group = f"Mục tiêu {aim.goal()}{due}"
        yield short_column("short", "member", "in_post", aim, group)
        yield verdict_column("met", "member", "in_post", aim, group)
    yield from counts.columns(_COUNTED, 7.5)


def _head_columns() -> Iterable[FormColumn]:
    yield added("in_post", "Đương nhiệm", ["member", "not_member"], group=_HEAD, width=7.5)
    yield FormColumn("member", "Là đảng viên", group=_HEAD, width=7, total="sum")
    yield share("member_share", "member", "in_post", percent, group=_HEAD, heading="Tỷ lệ (%)", width=7)
    yield FormColumn("probationary", "Trong đó dự bị", group=_HEAD, width=7, total="sum")
    yield FormColumn("not_member", "Chưa là đảng viên", group=_HEAD, width=7, total="sum")
    yield FormColumn("secretary", "Bí thư chi bộ kiêm", group=_HEAD, width=7, total="sum")
    yield share("secretary_share", "secretary", "in_post", percent, group=_HEAD, heading="Tỷ lệ (%)", width=7)
    yield FormColumn("vacant", "Khuyết", group=_HEAD, width=6.5, total="sum")


def _row(matter: Matter, office: OfficeCounts, more: list[Indicator], number: int, place: Place) -> FormRow:
    values = {"tt": number, "name": place.name}
    if not matter.is_known(Subject.VILLAGE, place):
        return FormRow(place.id, values, is_blank=True)
    counts = matter.counts(place)
    values |= {key: counts.get((Subject.VILLAGE, key), 0) for key in _STATES}
    values |= {key: counts.get((Subject.HEAD, key), 0) for key in _HEADS}
    values |= {one.cells.have: value_of(one, counts) for one in more}
    return office.fill(FormRow(place.id, values), place)


def _notes(matter: Matter) -> Iterable[str]:
    yield (
        "Tái trắng: trước đó đã có. Nguy cơ: chi bộ riêng của thôn có từ ba đảng viên chính thức "
        "trở xuống. Thôn sinh hoạt ghép được tính là có tổ chức đảng."
    )
    yield "Thôn trưởng là đảng viên tính cả đảng viên dự bị; nơi khuyết không tính vào mẫu số."


def checks(sources: Sources, form: Form) -> Iterable[Check]:
    """The heads of each unit and of all; villages by state in all."""
    matter = sources.matter
    for place in (*matter.places, None):
        row, whose = (place.id, place.name) if place else (TOTAL, form.total_label)
        figure = matter.figure(HEADS.code, place)
        if form.value(row, "member") is None:
            continue
        for column, value in (
            ("member", figure.numerator),
            ("in_post", figure.denominator),
            ("member_share", figure.percent),
            ("vacant", figure.vacant or 0),
            ("short", figure.short),
        ):
            if form.has(column):
                yield Check(form, row, column, f"{whose}: {figure.label}", value)
    for indicator in INDICATORS.values():
        if indicator.subject == Subject.VILLAGE:
            figure = matter.figure(indicator.code)
            yield Check(form, TOTAL, indicator.cells.have, str(figure.label), figure.numerator)


SHEET = Sheet("villages", "B04", build, checks)
