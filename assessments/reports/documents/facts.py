"""What a Word report tells, as ready texts, from the same figures and rows as the workbooks."""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from django.db.models import QuerySet

from assessments.figures import board
from assessments.figures.figure import Figure
from assessments.figures.indicators import INDICATORS
from assessments.figures.judge import state_of
from assessments.figures.past import Break
from assessments.figures.words import counted, partly, rule_sign
from assessments.reports.building.matter import Place
from assessments.reports.building.names import Names
from assessments.reports.declared import Matter
from assessments.reports.documents.compared import Texts, compared, short
from assessments.reports.offices import letterhead
from assessments.roster.models.lines import OrganizationLine
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.models.years import RatingYear
from assessments.rules.years import all_years
from resolution03.lib.figures import number

OneLine = TypeVar("OneLine", bound=OrganizationLine | VillageLine)

APART = "≠"
"""Stands after a figure of an earlier year that is not compared with the year reported."""
FIRST_YEAR = 2016


@dataclass(frozen=True)
class Facts:
    """One document's data; what nobody knows is dots, to be filled in by hand."""

    matter: Matter

    @property
    def year(self) -> int:
        return self.matter.year.pk

    @property
    def mark(self) -> str:
        return f"{self.matter.number}/{self.year}" if self.matter.number else ""

    @property
    def scope_name(self) -> str:
        return self.matter.unit.name if self.matter.unit else self.matter.year.province_name

    @property
    def state(self) -> str:
        return self._letterhead.state

    @property
    def provisional(self) -> str:
        """`SỐ TẠM TÍNH: năm 2025 chưa khóa`; of a year closed without some units which; else empty."""
        if state_of(self.matter.year).is_provisional:
            return f"{letterhead.PROVISIONAL}: năm {self.year} chưa khóa"
        said = self.matter.closed_without
        return f"Năm {self.year} {said}" if said else ""

    @property
    def apart(self) -> str:
        """What the mark after earlier figures means, and why; empty where all are compared."""
        cuts = self.matter.past.within(self._board.years.values())
        told = [f"năm {cut.year}: {cut.why}" for cut in cuts]
        words = "; ".join(told)
        return f"{APART}: không so sánh với năm {self.year} ({words})" if told else ""

    def head(self, name: str) -> str:
        """A text of the office's heading or signature."""
        head = self._letterhead
        place, _comma, day = head.place_and_date.rpartition(", ")
        return {
            "above": head.body[0],
            "body": head.body[1],
            "number": head.number,
            "place": place,
            "date": day,
            "signs_for": head.signer[0],
            "signs_as": head.signer[-1],
            "signer": head.signer_name,
        }[name]

    @cached_property
    def _letterhead(self):
        return letterhead.letterhead(self.matter)

    @cached_property
    def _board(self) -> board.Board:
        return board.board(
            year for year in all_years() if min(FIRST_YEAR, self.year - 2) <= year.pk <= self.year
        )

    def _figure(self, code: str, year: int, place: Place | None = None) -> Figure | None:
        """None for a year never opened or reported."""
        if year not in self._board.years or not (place or self.matter.past.stands(year)):
            return None
        return self._board.figure(code, year, place.id if place else self.matter.unit_id)

    def figure(self, code: str) -> Texts:
        """The parts of `fields.FIGURE`."""
        figure = self.matter.figure(code)
        before, earlier = self._figure(code, self.year - 1), self._figure(code, self.year - 2)
        cuts = self._parted(code, self.year - 1)
        return short(figure) | {
            "ten": str(figure.indicator.words.name),
            "muc": rule_sign(figure),
            "thieu": counted(figure.indicator.words.noun, figure.short) if figure.short else "",
            "dat": bool(figure.met),
            "danh_sach": number(figure.roster) if figure.is_known and figure.roster is not None else "",
            "chua_xep": number(figure.unrated) if figure.is_known and figure.unrated is not None else "",
            "cach_hieu": figure.reading,
            "nam_truoc": self._earlier(before),
            "nam_truoc_nua": self._earlier(earlier),
            "so_sanh": compared(figure, before, cuts, is_provisional=self._is_provisional(before)),
            "cong_chua_du": partly(figure),
        }

    def count(self, code: str) -> Texts:
        """The parts of `fields.COUNT`, judged by the first set of targets that has one on the count."""
        board, year = self.matter.board, self.matter.year
        figure = board.figure(code, year.pk, self.matter.unit_id, of=board.first_set(year.pk, code))
        before = self.matter.figure_before(code)
        cuts = self.matter.past.between(figure.indicator, self.year - 1, self.year)
        return short(figure) | {
            "ten": str(figure.indicator.words.name),
            "muc": rule_sign(figure),
            "thieu": counted(figure.indicator.words.noun, figure.short) if figure.short else "",
            "dat": bool(figure.met),
            "nam_truoc": short(before),
            "so_sanh": compared(figure, before, cuts, is_provisional=self._is_provisional(before)),
            "cong_chua_du": partly(figure),
        }

    def figures(self) -> list[Texts]:
        return [self.figure(code) for code in INDICATORS]

    def units(self) -> list[Texts]:
        """The units of the year in the office's order; of a unit's report only itself."""
        return [
            {"tt": str(tt), "ma": place.code, "ten": place.name} | self._every(self.year, place)
            for tt, place in enumerate(self.matter.places, start=1)
        ]

    def years(self) -> list[Texts]:
        """Each year with every figure, and what must be known to read them beside each other."""
        return [
            {"nam": str(pk), "ghi_chu": self._year_words(year)}
            | {one.paper.field: self._earlier(self._figure(code, pk)) for code, one in INDICATORS.items()}
            for pk, year in sorted(self._board.years.items())
        ]

    def _year_words(self, year: RatingYear) -> str:
        state = ["số tạm tính"] if state_of(year).is_provisional else []
        state += ["khóa khi còn đơn vị chưa đủ"] if year.closed_without else []
        cuts = (cut.why for cut in self.matter.past.breaks if cut.year == year.pk)
        return "; ".join([*state, *(f"không so sánh với các năm trước: {why}" for why in cuts)])

    def _every(self, year: int, place: Place | None = None) -> Texts:
        return {one.paper.field: short(self._figure(code, year, place)) for code, one in INDICATORS.items()}

    def _parted(self, code: str, year: int) -> list[Break]:
        """What stands against comparing an earlier year with the one reported."""
        return self.matter.past.between(INDICATORS[code], year, self.year)

    def _earlier(self, figure: Figure | None) -> Texts:
        """The parts of `fields.SHORT` of another year, marked where it is not compared."""
        texts = short(figure)
        if figure and figure.numerator is not None and self._parted(figure.code, figure.year):
            return texts | {"ty_le": f"{texts['ty_le']} {APART}"}
        return texts

    def _is_provisional(self, figure: Figure | None) -> bool:
        return figure is not None and figure.state.is_provisional

    def organizations(self, code: str, part: str) -> list[Texts]:
        """The parts of `fields.ORGANIZATION`, in the order of the lists of the workbook."""
        lines: QuerySet[OrganizationLine] = self.matter.rows(code, part).select_related("decided")
        return [
            {"tt": str(tt), "ma": line.code, "ten": line.name, "don_vi": self._units[line.unit_id],
             "muc": line.decided.code if line.decided else "", "ly_do": line.reason}
            for tt, line in enumerate(self._ordered(lines), start=1)
        ]  # fmt: skip

    def villages(self, code: str, part: str) -> list[Texts]:
        """The parts of `fields.VILLAGE`."""
        lines: QuerySet[VillageLine] = self.matter.rows(code, part).select_related("committee")
        return [
            {"tt": str(tt), "ma": line.code, "ten": line.name, "don_vi": self._units[line.unit_id],
             "dang_bo": self._names.then(line.committee)}
            for tt, line in enumerate(self._ordered(lines), start=1)
        ]  # fmt: skip

    @cached_property
    def _names(self) -> Names:
        return Names(self.matter)

    @cached_property
    def _units(self) -> dict[int | None, str]:
        return {place.id: place.name for place in self.matter.places}

    def _ordered(self, lines: QuerySet[OneLine]) -> list[OneLine]:
        return sorted(lines, key=self._names.place)
