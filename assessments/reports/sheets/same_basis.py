"""Ten years by the units of today: each share summed anew from the lists of its year, by old bodies that went
whole into a unit. Never what a year reported; a form for each share."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from django.utils import timezone

from assessments.figures.basis.restated import Restated
from assessments.figures.board import NOWHERE
from assessments.figures.figure import Figure
from assessments.figures.indicator import Indicator
from assessments.figures.indicators import INDICATORS
from assessments.figures.judge import state_of
from assessments.figures.overview.history import span_of
from assessments.figures.past import Past
from assessments.reports.building.matter import Matter, Place
from assessments.reports.building.sources import Check, Sheet, Sources
from assessments.rules.models.years import RatingYear
from assessments.rules.years import all_years
from orgs.models import Organization
from resolution03.lib.figures import percent
from resolution03.lib.form_columns import share
from resolution03.lib.forms_xlsx import Form, FormColumn, FormRow

SHARES: tuple[Indicator, ...] = tuple(one for one in INDICATORS.values() if one.counted.is_share)
_NOTES = (
    "Không phải số đã báo cáo. Mỗi tổ chức đảng, mỗi thôn trong danh sách của năm được tính vào đơn vị hiện "
    "nay mà cả tổ chức, cả thôn đó đã vào (theo nhập, chuyển và chỗ đứng hiện nay); không chia theo tỷ lệ.",
    "“không so được (n)”: n tổ chức, thôn của năm đó chỉ vào đơn vị một phần. “Không vào trọn đơn vị nào”: "
    "tổ chức, thôn đã kết thúc mà không vào đâu, hoặc vào nhiều đơn vị; vẫn có trong số toàn tỉnh.",
)


@dataclass(frozen=True)
class Years:
    """The years of one report summed anew; made once for all its forms."""

    matter: Matter

    @cached_property
    def span(self) -> list[RatingYear]:
        return span_of(all_years(), self.matter.year.pk)

    @cached_property
    def _restated(self) -> Restated:
        only = self.matter.unit_id
        return Restated(self.span, timezone.localdate(self.matter.stamp), only)

    @cached_property
    def places(self) -> list[Place]:
        """The units that stand today, in the office's order; of a unit's report that one."""
        today = timezone.localdate(self.matter.stamp)
        standing = Organization.objects.under(self.matter.scope).units().existing_on(today)
        return [Place(one.pk, one.code, one.name) for one in standing.order_by("position", "pk")]

    def figure(self, code: str, year: int, place: int | None) -> Figure:
        return self._restated.board.figure(code, year, place)

    @cached_property
    def cuts(self) -> Past:
        return Past(all_years(), self.matter.unit_id, is_restated=True)

    @property
    def rows(self) -> Iterator[tuple[int | None, str]]:
        """Of each row the unit and its name: those of today; of the province also what is whole in none, and
        all."""
        yield from ((place.id, place.name) for place in self.places)
        if self.matter.unit is None:
            yield NOWHERE, "Không vào trọn đơn vị nào hiện nay"
            yield None, "Toàn tỉnh"


def build(indicator: Indicator, number: int, matter: Matter, sources: Sources) -> Form:
    """A row for each unit of today, three columns a year."""
    held = sources.once(Years)
    span = f"{held.span[0].pk}-{held.span[-1].pk}"
    form = Form(
        name=f"Hiện nay {number}",
        number=f"Biểu đơn vị hiện nay {number}/{matter.mark}",
        title=f"{str(indicator.paper.by_unit).upper()}, CÁC NĂM {span}, TÍNH LẠI THEO ĐƠN VỊ HIỆN NAY",
        unit_line="Số tính lại, không phải số đã báo cáo; thứ tự theo danh mục của Ban, không xếp hạng",
        columns=[*_columns(held, indicator)],
        rows=[_row(held, indicator, n, *row) for n, row in enumerate(held.rows, start=1)],
        has_total=False,
        notes=[*_NOTES, *_cut_notes(held)],
    )
    for figure, place in _figures(held, indicator):
        if figure.unmapped:
            row, key = form.row(_key_of(place)), f"share{figure.year}"
            row.values[key], row.formulas[key] = f"không so được ({figure.unmapped})", ""
    return form


def _cut_notes(held: Years) -> Iterable[str]:
    for found in held.cuts.within(held.span):
        yield f"Nét đậm trước năm {found.year}: không so sánh với các năm trước ({found.why})."


def _columns(held: Years, indicator: Indicator) -> Iterator[FormColumn]:
    cut = {found.year for found in held.cuts.of(indicator)}
    yield FormColumn("tt", "TT", width=4)
    yield FormColumn("name", "Đơn vị hiện nay", "text", 27)
    for one in held.span:
        have, base = f"have{one.pk}", f"base{one.pk}"
        group = f"{one.pk}{' tạm tính' if state_of(one).is_provisional else ''}"
        yield FormColumn(have, "Có", group=group, width=7, is_cut=one.pk in cut)
        yield FormColumn(base, "Cơ sở", group=group, width=7)
        yield share(f"share{one.pk}", have, base, percent, group=group, width=8)


def _row(held: Years, indicator: Indicator, number: int, place: int | None, name: str) -> FormRow:
    row = FormRow(_key_of(place), {"tt": number, "name": name})
    if place is None:
        row.style = {"bold": True}
    for year in held.span:
        figure = held.figure(indicator.code, year.pk, place)
        is_told = figure.numerator is not None
        row.values |= {
            f"have{year.pk}": figure.numerator,
            f"base{year.pk}": figure.denominator if is_told else None,
        }
        if not is_told:
            row.values[f"share{year.pk}"], row.formulas[f"share{year.pk}"] = None, ""
    return row


def _figures(held: Years, indicator: Indicator) -> Iterator[tuple[Figure, int | None]]:
    for place, _name in held.rows:
        for year in held.span:
            yield held.figure(indicator.code, year.pk, place), place


def _key_of(place: int | None) -> str:
    return f"unit{place}"


def checks(indicator: Indicator, sources: Sources, form: Form) -> Iterator[Check]:
    """Every figure of every unit and year."""
    for figure, place in _figures(sources.once(Years), indicator):
        if figure.numerator is not None:
            words, row = f"{indicator.label}, năm {figure.year}", _key_of(place)
            yield Check(form, row, f"have{figure.year}", f"{words}: có", figure.numerator)
            yield Check(form, row, f"base{figure.year}", f"{words}: cơ sở", figure.denominator)
            yield Check(form, row, f"share{figure.year}", f"{words}: tỷ lệ (%)", figure.percent)


SHEETS = tuple(
    Sheet(f"basis_{one.code}", f"HN{number}", partial(build, one, number), partial(checks, one))
    for number, one in enumerate(SHARES, start=1)
)


def sheets() -> list[Sheet]:
    """The forms of the report of its own: they stand in no other workbook."""
    return [*SHEETS]
