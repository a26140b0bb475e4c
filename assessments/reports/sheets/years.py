"""Several years side by side: each target by year, with a mark where years cannot be compared."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from assessments.figures import board as figures
from assessments.figures.figure import Figure
from assessments.figures.flags import Flag
from assessments.figures.judge import state_of
from assessments.figures.overview.history import span_of
from assessments.reports.building import formulas, marks
from assessments.reports.building.columns import givers, goal_format, partly_words
from assessments.reports.building.matter import Matter
from assessments.reports.building.sources import Check, Sheet, Sources
from assessments.rules.models.years import RatingYear
from resolution03.lib.figures import percent
from resolution03.lib.form_columns import share_formula
from resolution03.lib.forms_xlsx import Form, FormColumn, FormRow

_LINES = (
    ("have", "Có"),
    ("base", "Cơ sở"),
    ("share", "Tỷ lệ (%)"),
    ("goal", "Mục tiêu"),
    ("verdict", "Đánh giá"),
)
_OF_COUNTS = ("have", "goal", "verdict")
_REPORTED = " (*)"
_PARTLY = '#,##0"**"'


@dataclass(frozen=True)
class Builder:
    """Makes the form of one report."""

    matter: Matter

    def build(self) -> Form:
        span = f"{self.years[0].pk}-{self.years[-1].pk}"
        form = Form(
            name="Các năm",
            number=f"Biểu các năm/{self.matter.mark}",
            title=f"KẾT QUẢ THỰC HIỆN CÁC MỤC TIÊU {self.matter.resolution}, CÁC NĂM {span}",
            unit_line="Đơn vị tính: tổ chức đảng; đảng viên; thôn, tổ dân phố; tỷ lệ: %",
            columns=[*self._columns()],
            rows=[*self._rows()],
            has_total=False,
            on_one_page=True,
            notes=[*self._notes()],
        )
        for figure in self.figures:
            _write_formulas(form, figure)
        return form

    @cached_property
    def years(self) -> list[RatingYear]:
        """As the overview shows them: ten years that hold the report's own."""
        every = RatingYear.objects.select_related("scheme")
        return span_of(every, self.matter.year.pk)

    @cached_property
    def figures(self) -> list[Figure]:
        """Every indicator of every year in which the unit stood."""
        board = figures.board(self.years)
        return [
            board.figure(indicator.code, year.pk, self.matter.unit_id)
            for indicator in self.matter.indicators
            for year in self.years
            if self.matter.past.stands(year.pk)
        ]

    def _columns(self) -> Iterable[FormColumn]:
        cut = self.matter.past.years_apart()
        reported = {figure.year for figure in self.figures if _rests_on_totals(figure)}
        yield FormColumn("tt", "TT", "mark", 5)
        yield FormColumn("label", "Mục tiêu", "text", 30)
        yield FormColumn("line", "Nội dung", "text", 11)
        for year in self.years:
            mark = _REPORTED if year.pk in reported else ""
            lacking = " còn đơn vị chưa đủ" if year.closed_without else ""
            state = " tạm tính" if state_of(year).is_provisional else lacking
            yield FormColumn(
                _key(year.pk),
                f"{year.pk}{mark}{state}",
                width=13,
                group=self._scheme_words(year),
                is_cut=year.pk in cut,
            )

    @staticmethod
    def _scheme_words(year: RatingYear) -> str:
        return year.scheme.name if year.scheme else "Số tổng hợp"

    def _rows(self) -> Iterator[FormRow]:
        by_code: dict[str, list[Figure]] = {}
        for figure in self.figures:
            by_code.setdefault(figure.code, []).append(figure)
        for number, indicator in enumerate(self.matter.indicators, start=1):
            yield from _of_indicator(
                number, by_code.get(indicator.code, []), str(indicator.label), self._flags
            )

    def _flags(self, figure: Figure) -> list[Flag]:
        return marks.flags(self.matter, figure)

    def _notes(self) -> Iterable[str]:
        for found in self.matter.past.within(self.years):
            yield f"Nét đậm trước năm {found.year}: không so sánh với các năm trước ({found.why})."
        if any(_rests_on_totals(figure) for figure in self.figures):
            yield "(*) Có số tổng hợp do đơn vị báo cáo."
        for figure in self.figures:
            if figure.is_partial and figure.given:
                told = partly_words(*figure.given, givers(figure.indicator))
                yield f"(**) {figure.label}, năm {figure.year}: {told}."
        yield from marks.legend(map(self._flags, self.figures))
        yield (
            "Mỗi năm tính theo bộ mức, cách hiểu và mục tiêu của năm đó. Ô trống: chưa có số liệu "
            "hoặc năm đó không có mục tiêu."
        )


def _of_indicator(
    number: int, found: list[Figure], label: str, flags: Callable[[Figure], list[Flag]]
) -> Iterator[FormRow]:
    is_share = not found or any(figure.denominator is not None for figure in found)
    lines = [line for line in _LINES if is_share or line[0] in _OF_COUNTS]
    code = found[0].code if found else label
    for place, (line, words) in enumerate(lines):
        row = FormRow((code, line), {"line": words})
        if place == 0:
            row.values |= {"tt": str(number), "label": label}
        if line in ("share", "verdict"):
            row.style = {"bold": True}
        for figure in found:
            _fill(row, line, figure)
            if line == ("share" if is_share else "have"):
                marks.mark(row, _key(figure.year), marks.SHARE if is_share else marks.COUNT, flags(figure))
        yield row


def _fill(row: FormRow, line: str, figure: Figure) -> None:
    key = _key(figure.year)
    row.values[key] = _value(line, figure)
    if line == "share":
        row.formats[key] = {"num_format": "0.00"}
    elif line == "goal" and figure.target is not None:
        row.formats[key] = {"num_format": goal_format(figure.aim, is_share=figure.indicator.counted.is_share)}
    elif figure.is_partial and line in ("have", "base"):
        row.formats[key] = {"num_format": _PARTLY}
    elif line == "verdict":
        row.formats[key] = {"align": "center"}


def _value(line: str, figure: Figure):
    if not figure.is_known and line != "goal":
        return None
    if line == "verdict":
        return formulas.written(figure.standing)
    return {
        "have": figure.numerator,
        "base": figure.denominator,
        "share": figure.percent,
        "goal": figure.target,
    }[line]


def _write_formulas(form: Form, figure: Figure) -> None:
    """Share and verdict over the cells above them."""
    key, code = _key(figure.year), figure.code
    if not figure.is_known:
        return
    have = form.cell((code, "have"), key)
    base = form.cell((code, "base"), key) if figure.denominator is not None else None
    if base:
        form.row((code, "share")).formulas[key] = share_formula(have, base)
    if figure.target is not None:
        form.row((code, "verdict")).formulas[key] = formulas.verdict(have, base, figure.aim)


def _rests_on_totals(figure: Figure) -> bool:
    return figure.is_reported and figure.numerator is not None


def _key(year: int) -> str:
    return f"y{year}"


def build(matter: Matter, sources: Sources) -> Form:
    """All targets of ten years, of the province or of the unit."""
    return sources.once(Builder).build()


def checks(sources: Sources, form: Form) -> Iterator[Check]:
    """Every figure of every year."""
    for figure in sources.once(Builder).figures:
        if not figure.is_known:
            continue
        words, key = f"{figure.label}, năm {figure.year}", _key(figure.year)
        yield Check(form, (figure.code, "have"), key, f"{words}: có", figure.numerator)
        if figure.denominator is not None:
            shown = percent(figure.numerator, figure.denominator)
            yield Check(form, (figure.code, "base"), key, f"{words}: cơ sở", figure.denominator)
            yield Check(form, (figure.code, "share"), key, f"{words}: tỷ lệ (%)", shown)


SHEET = Sheet("years", "CN", build, checks)
