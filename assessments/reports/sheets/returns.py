"""A unit's own return: its totals on one page, to be signed by the unit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from assessments.figures.indicator import Indicator
from assessments.figures.indicators import ADMISSIONS, INDICATORS
from assessments.reports.building.columns import PARTLY, PARTLY_MARK
from assessments.reports.building.matter import Matter
from assessments.reports.building.sources import Check, Sheet, Sources
from assessments.reports.sheets.return_items import (
    Item,
    Section,
    counted_sections,
    movements_section,
    rated_section,
    villages_section,
)
from assessments.reports.sheets.return_lines import TOGETHER, Line, lines_of
from assessments.roster.models.tallies import Subject
from resolution03.lib.figures import percent
from resolution03.lib.form_columns import share_formula
from resolution03.lib.forms_xlsx import Form, FormColumn, FormRow

_LEFT, _RIGHT = "left", "right"


def _with_more(section: Section, form: str) -> Section:
    """The section with the indicators of a form that it has no item for."""
    held = {item.column for item in section.items}
    more = [
        Item(one.paper.column or str(one.label), form, one.cells.have)
        for one in INDICATORS.values()
        if one.cells.form == form and one.cells.have not in held
    ]
    return replace(section, items=(*section.items, *more))


@dataclass(frozen=True)
class Builder:
    """Makes the form of one report."""

    matter: Matter
    sources: Sources

    def sides(self) -> dict[str, list[Line]]:
        matter = self.matter
        organizations = (
            rated_section(matter, Subject.GRASSROOTS.value, "TỔ CHỨC CƠ SỞ ĐẢNG", "I"),
            rated_section(matter, Subject.AFFILIATED.value, "TỔ CHỨC ĐẢNG TRỰC THUỘC ĐẢNG ỦY CƠ SỞ", "II"),
        )
        members = rated_section(matter, Subject.MEMBER.value, "ĐẢNG VIÊN", "III")
        return {
            _LEFT: [*lines_of((*organizations, members))],
            _RIGHT: [
                *lines_of(
                    (
                        _with_more(villages_section(matter), "villages"),
                        _with_more(movements_section(matter), "movements"),
                        *counted_sections(matter),
                    )
                )
            ],
        }

    def build(self) -> Form:
        sides, matter = self.sides(), self.matter
        rows = [
            self._row(number, pair)
            for number, pair in enumerate(zip_longest(sides[_LEFT], sides[_RIGHT]), start=1)
        ]
        form = Form(
            name="Báo cáo đơn vị",
            number=f"Biểu báo cáo của đơn vị/{matter.mark}",
            title=f"KẾT QUẢ THỰC HIỆN {matter.resolution}, NĂM {matter.year.pk}",
            unit_line="Đơn vị tính: tổ chức đảng; đảng viên; thôn, tổ dân phố; tỷ lệ: %",
            columns=[*_columns(_LEFT), *_columns(_RIGHT)],
            rows=rows,
            has_total=False,
            on_one_page=True,
            notes=[
                "Ô trống: đơn vị chưa có số. Tỷ lệ xếp loại tính trên số đã xếp loại.",
                *self._partly_notes(sides),
            ],
        )
        for side, lines in sides.items():
            _write_formulas(form, side, lines)
        return form

    def _row(self, number: int, pair: tuple[Line | None, Line | None]) -> FormRow:
        row = FormRow(number, {})
        for side, line in zip((_LEFT, _RIGHT), pair, strict=True):
            if line is None:
                continue
            row.values |= {f"{side}_tt": line.number, f"{side}_label": line.label}
            if line.item:
                row.values[f"{side}_count"] = self._count(line.item)
                row.values[f"{side}_share"] = self._share(line.item)
                if self._partly(line.item):
                    row.formats[f"{side}_count"] = {"num_format": PARTLY}
                    row.formats[f"{side}_share"] = {"num_format": f'0.00"{PARTLY_MARK}"'}
            else:
                row.formats |= {f"{side}_{key}": {"bold": True} for key in ("tt", "label")}
        return row

    def _partly(self, item: Item) -> str:
        """That the number is an incomplete sum, and how many gave."""
        held = self.sources.form(item.form).partly
        found = (held.get(column, "") for column in TOGETHER.get(item.column, (item.column,)))
        return next(filter(None, found), "")

    def _partly_notes(self, sides: dict[str, list[Line]]) -> Iterator[str]:
        for line in (line for lines in sides.values() for line in lines):
            if line.item and (words := self._partly(line.item)):
                yield f"(*) {line.label}: {words}."

    def _count(self, item: Item) -> int | None:
        return self._number(item.form, item.column)

    def _share(self, item: Item):
        whole = self._number(item.form, item.of) if item.of else None
        count = self._count(item)
        return None if whole is None or count is None else percent(count, whole)

    def _number(self, form: str, column: str) -> int | None:
        return self.sources.part(form, TOGETHER.get(column, (column,))).value


def _columns(side: str) -> Iterable[FormColumn]:
    yield FormColumn(f"{side}_tt", "TT", "mark", 5)
    yield FormColumn(f"{side}_label", "Nội dung", "text", 44)
    yield FormColumn(f"{side}_count", "Số lượng", width=9)
    yield FormColumn(f"{side}_share", "Tỷ lệ (%)", "share", 9)


def _write_formulas(form: Form, side: str, lines: list[Line]) -> None:
    """Shares and sums over the other lines of the page."""
    at = {(line.item.form, line.item.column): n for n, line in enumerate(lines, start=1) if line.item}
    for number, line in enumerate(lines, start=1):
        item = line.item
        if item is None or form.value(number, f"{side}_count") is None:
            continue
        row, count = form.row(number), form.cell(number, f"{side}_count")
        parts = [form.cell(at[item.form, key], f"{side}_count") for key in item.adds]
        if parts:
            row.formulas[f"{side}_count"] = "+".join(parts)
        whole = at.get((item.form, item.of))
        if whole and form.value(whole, f"{side}_count") is not None:
            whole_cell = form.cell(whole, f"{side}_count")
            row.formulas[f"{side}_share"] = share_formula(count, whole_cell)


def build(matter: Matter, sources: Sources) -> Form:
    """The unit's (or the province's) totals on one page."""
    return Builder(matter, sources).build()


def checks(sources: Sources, form: Form) -> Iterator[Check]:
    """Every number for which there is a figure, and what it is a share of."""
    for side, lines in Builder(sources.matter, sources).sides().items():
        for number, line in enumerate(lines, start=1):
            for column, value in _figures(sources.matter, line.item):
                yield Check(form, number, f"{side}_{column}", line.label, value)


def _figures(matter: Matter, item: Item | None) -> Iterable[tuple]:
    if item is None:
        return ()
    if (item.form, item.column) == ("movements", "closing"):
        members, term = matter.of_rated(Subject.MEMBER), matter.figure(ADMISSIONS.code)
        return [("count", members.roster)] if members.is_known and term.is_known else ()
    found = [one for one in _answered() if (one.cells.form, one.cells.have) == (item.form, item.column)]
    figure = matter.figure(found[0].code) if found else None
    if not figure or not figure.is_known:
        return ()
    counted = [("count", figure.numerator)]
    return [*counted, ("share", figure.percent)] if item.of else counted


def _answered() -> Iterator[Indicator]:
    """What the return is held against; the counts of villages are in form 04."""
    return (one for one in INDICATORS.values() if not one.counted.is_limited)


SHEET = Sheet("return", "BC", build, checks)
