"""What a Word report tells, as ready texts, from the same figures and rows as the workbooks."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from assessments import figures, offices
from assessments.dashboard.words import WORDS, counted, plain, rule_sign
from assessments.figures import Figure
from assessments.indicators import INDICATORS
from assessments.models import OrganizationLine, VillageLine
from assessments.reports import Matter
from assessments.reports.matter import Place
from assessments.reports.names import Names
from assessments.years import all_years
from resolution03.lib.figures import number, percentage

FIRST_YEAR = 2016
Texts = dict[str, Any]
UNKNOWN = {"co": offices.DOTS, "tong": offices.DOTS, "ty_le": offices.DOTS, "ket_qua": ""}


@dataclass(frozen=True)
class Facts:
    """One document's data; what nobody knows is dots, to be filled in by hand."""

    matter: Matter
    names: dict[str, str]

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

    def head(self, name: str) -> str:
        """A text of the office's heading or signature."""
        head = self._letterhead
        place, _comma, day = head.place_and_date.rpartition(", ")
        return {
            "above": head.body[0], "body": head.body[1], "number": head.number, "place": place,
            "date": day, "signs_for": head.signer[0], "signs_as": head.signer[-1],
            "signer": head.signer_name,
        }[name]

    @cached_property
    def _letterhead(self):
        return offices.letterhead(self.matter)

    @cached_property
    def _board(self) -> figures.Board:
        return figures.board(
            year for year in all_years() if min(FIRST_YEAR, self.year - 2) <= year.pk <= self.year
        )

    def _figure(self, code: str, year: int, place: Place | None = None) -> Figure | None:
        """None for a year never opened or reported."""
        if year not in self._board.years:
            return None
        unit = place.id if place else self.matter.unit_id
        if (year, unit) not in self._board.counts:
            return None
        return self._board.figure(code, year, unit)

    def figure(self, code: str) -> Texts:
        """The parts of `fields.FIGURE`."""
        figure = self.matter.figure(code)
        before, earlier = self._figure(code, self.year - 1), self._figure(code, self.year - 2)
        return short(figure) | {
            "ten": str(WORDS[code].name),
            "muc": rule_sign(figure),
            "thieu": counted(WORDS[code].noun, figure.short) if figure.short else "",
            "dat": bool(figure.met),
            "danh_sach": number(figure.roster) if figure.is_known and figure.roster is not None else "",
            "chua_xep": number(figure.unrated) if figure.is_known and figure.unrated is not None else "",
            "cach_hieu": figure.reading,
            "nam_truoc": short(before), "nam_truoc_nua": short(earlier),
            "so_sanh": compared(figure, before),
        }

    def figures(self) -> list[Texts]:
        return [self.figure(one.code) for one in INDICATORS]

    def units(self) -> list[Texts]:
        """The units of the year in the office's order; of a unit's report only itself."""
        return [
            {"tt": str(tt), "ma": place.code, "ten": place.name} | self._every(self.year, place)
            for tt, place in enumerate(self.matter.places, start=1)
        ]

    def years(self) -> list[Texts]:
        return [{"nam": str(year)} | self._every(year) for year in sorted(self._board.years)]

    def _every(self, year: int, place: Place | None = None) -> Texts:
        return {name: short(self._figure(code, year, place)) for code, name in self.names.items()}

    def organizations(self, code: str, part: str) -> list[Texts]:
        """The parts of `fields.ORGANIZATION`, in the order of the lists of the workbook."""
        lines = self.matter.rows(code, part).select_related("decided")
        return [
            {"tt": str(tt), "ma": line.code, "ten": line.name, "don_vi": self._units[line.unit_id],
             "muc": line.decided.code if line.decided else "", "ly_do": line.reason}
            for tt, line in enumerate(self._ordered(lines), start=1)
        ]  # fmt: skip

    def villages(self, code: str, part: str) -> list[Texts]:
        """The parts of `fields.VILLAGE`."""
        lines = self.matter.rows(code, part).select_related("committee")
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

    def _ordered(self, lines: QuerySet) -> list[OrganizationLine | VillageLine]:
        return sorted(lines, key=self._names.place)


def short(figure: Figure | None) -> Texts:
    """The parts of `fields.SHORT`."""
    if figure is None or figure.numerator is None:
        return UNKNOWN
    is_count = figure.denominator is None
    return {
        "co": number(figure.numerator),
        "tong": "" if is_count else number(figure.denominator),
        "ty_le": number(figure.numerator) if is_count else percentage(figure.percent),
        "ket_qua": "" if figure.met is None else "đạt" if figure.met else "chưa đạt",
    }


def compared(figure: Figure, before: Figure | None) -> str:
    """`năm 2017: 57,76%, tăng 2,84 điểm phần trăm`; shares of different levels are not compared."""
    if before is None or before.numerator is None or figure.numerator is None:
        return f"năm {figure.year - 1} chưa có số liệu"
    if figure.indicator.subject in _RATED and _levels(figure) != _levels(before):
        return f"năm {before.year} theo bộ mức khác, không so sánh"
    is_count = figure.denominator is None
    now, then = (
        one.numerator if is_count else one.percent for one in (figure, before)
    )
    told = short(before)["ty_le"]
    if now is None or then is None:
        return f"năm {before.year}: {told}"
    if now == then:
        return f"bằng năm {before.year}"
    way = "tăng" if now > then else "giảm"
    gap = number(abs(now - then)) if is_count else f"{plain(abs(now - then))} điểm phần trăm"
    return f"năm {before.year}: {told}, {way} {gap}"


_RATED = ("grassroots", "affiliated", "member")


def _levels(figure: Figure) -> set[str]:
    return {level.code for level in figure.rules.levels}
