"""The shares by unit, in the office's order, not ranked."""

from collections.abc import Iterable, Iterator

from assessments.figures.count_ways import COUNT
from assessments.figures.flags import Flag
from assessments.figures.indicator import Indicator
from assessments.reports.building import marks
from assessments.reports.building.columns import short_column, starred
from assessments.reports.building.matter import Matter, Place
from assessments.reports.building.sources import Check, Sheet, Sources
from assessments.reports.sheets.measures import of_count
from resolution03.lib.figures import percent
from resolution03.lib.form_columns import share
from resolution03.lib.forms_xlsx import TOTAL, Form, FormColumn, FormRow


def _shares(matter: Matter) -> list[Indicator]:
    return [one for one in matter.indicators if one.counted.is_share]


def build(matter: Matter, sources: Sources) -> Form:
    """The form with one row a unit."""
    form = starred(
        Form(
            name="Theo đơn vị",
            number=f"Biểu tổng hợp/{matter.mark}",
            title=f"KẾT QUẢ THEO ĐƠN VỊ, NĂM {matter.year.pk}",
            unit_line="Thứ tự theo danh mục của Ban, không xếp hạng",
            columns=[*_unit_columns(matter)],
            rows=[_unit_row(sources, n, place) for n, place in enumerate(matter.places, start=1)],
            on_one_page=matter.fits_one_page,
            notes=[*_reported_notes(matter)],
        )
    )
    form.notes = [*form.notes, *marks.legend(_marked(matter, form))]
    return form


def _marked(matter: Matter, form: Form) -> Iterator[list[Flag]]:
    """The flags of every share, written behind it: of each unit, and of the whole in the last row."""
    for one in _shares(matter):
        for place in (*matter.places, None):
            found = marks.flags(matter, matter.figure(one.code, place))
            row = form.row(place.id if place else TOTAL)
            marks.mark(row, f"{one.code}_share", marks.SHARE, found)
            yield found


def _reported_notes(matter: Matter) -> Iterable[str]:
    """Which shares of which units rest on reported totals."""
    for one in _shares(matter):
        names = [place.name for place in matter.places if matter.figure(one.code, place).is_reported]
        if names:
            yield f"{one.paper.by_unit}: số tổng hợp do đơn vị báo cáo ({'; '.join(names)})."


def _unit_columns(matter: Matter) -> Iterable[FormColumn]:
    yield FormColumn("tt", "TT", width=4)
    yield FormColumn("name", "Đơn vị", "text", 27)
    for one in _shares(matter):
        code, aim = one.code, matter.aim(one.code)
        group = f"{one.paper.by_unit} {aim.goal()}".rstrip()
        base = f"{code}_base"
        yield FormColumn(code, "Có", group=group, width=7, total="sum")
        yield FormColumn(base, "Cơ sở", group=group, width=7, total="sum")
        yield share(f"{code}_share", code, base, percent, group=group, width=7.5)
        if aim.value is not None:
            yield short_column(f"{code}_short", code, base, aim, group)


def _unit_row(sources: Sources, number: int, place: Place) -> FormRow:
    row = FormRow(place.id, {"tt": number, "name": place.name})
    for indicator in _shares(sources.matter):
        if indicator.cells.form == COUNT:
            have, base = of_count(sources, indicator, place)
            row.values |= {indicator.code: have.value, f"{indicator.code}_base": base and base.value}
            continue
        cells = indicator.cells
        for target, key in ((indicator.code, cells.have), (f"{indicator.code}_base", cells.base)):
            part = sources.part(cells.form, [key], place.id)
            row.values[target] = part.value
            if part.formula:
                row.formulas[target] = part.formula
    return row


def checks(sources: Sources, form: Form) -> Iterator[Check]:
    """Every unit's share."""
    matter = sources.matter
    for indicator in _shares(matter):
        for place in matter.places:
            figure = matter.figure(indicator.code, place)
            known = figure.is_known
            words = f"{place.name}: {indicator.label}"
            for column, value in (
                (indicator.code, figure.numerator),
                (f"{indicator.code}_base", figure.denominator if known else None),
                (f"{indicator.code}_share", figure.percent if known else None),
                (f"{indicator.code}_short", figure.short),
            ):
                if form.has(column):
                    yield Check(form, place.id, column, words, value)


SHEET = Sheet("units", "DV", build, checks)
