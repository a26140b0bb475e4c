"""Form 05: admissions, arrivals and leavings by unit (DOMAIN §6, Biểu 05).

What nobody recorded is left blank, never 0.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count

from assessments.figures.indicator import Indicator
from assessments.figures.indicators import ADMISSIONS
from assessments.figures.judge import Aim
from assessments.reports.building.columns import starred
from assessments.reports.building.matter import Matter, Place
from assessments.reports.building.sources import Check, Sheet, Sources
from assessments.reports.sheets.balance import Balance
from assessments.reports.sheets.more import column_of, not_among, value_of
from assessments.reports.sheets.office_counts import OfficeCounts
from assessments.roster.models.lines import MemberLine
from assessments.roster.models.movements import Movement, MovementKind
from assessments.roster.models.tallies import Subject
from assessments.roster.models.village_lines import VillageLine
from resolution03.lib.figures import percent
from resolution03.lib.form_columns import added, share_formula
from resolution03.lib.forms_xlsx import TOTAL, Form, FormColumn, FormRow

_IN, _ADMITTED, _OUT = "Tăng trong năm", "Trong đó kết nạp", "Ra khỏi đảng bộ trong năm"
_LEAVING = (
    ("expelled", "Khai trừ"),
    ("struck_off", "Xóa tên"),
    ("withdrew", "Xin ra"),
    ("died", "Từ trần"),
    ("transferred", "Chuyển đi"),
    ("left", "Chưa ghi lý do"),
)
_BALANCED = "khớp"
_TERM = ("term", "term_outside")


@dataclass(frozen=True)
class Builder:
    """Makes the form of one report."""

    matter: Matter

    def build(self) -> Form:
        matter = self.matter
        return starred(
            Form(
                name="05 Kết nạp",
                number=f"Biểu số 05/{matter.mark}",
                title=f"KẾT NẠP ĐẢNG VIÊN VÀ ĐẢNG VIÊN RA KHỎI ĐẢNG BỘ, NĂM {matter.year.pk}",
                unit_line="Đơn vị tính: đảng viên; tỷ lệ: %",
                columns=[*self._columns()],
                rows=[self._row(n, place) for n, place in enumerate(matter.places, start=1)],
                on_one_page=matter.fits_one_page,
                notes=[*self._notes()],
            )
        )

    def _columns(self) -> Iterable[FormColumn]:
        yield from self._own_columns()
        yield from (column_of(one, self._term_words) for one in self._more)

    def _own_columns(self) -> Iterable[FormColumn]:
        yield FormColumn("tt", "TT", width=4)
        yield FormColumn("name", "Đơn vị", "text", 25)
        yield FormColumn("opening", "Có đầu kỳ", width=7, total="sum")
        yield FormColumn("admitted", "Kết nạp", group=_IN, width=6.5, total="sum")
        yield FormColumn("arrived", "Chuyển đến", group=_IN, width=6.5, total="sum")
        yield FormColumn("came", "Từ đơn vị khác", group=_IN, width=6.5, total="sum")
        yield from self._counts.columns(_ADMITTED)
        yield FormColumn("heads", "Thôn trưởng", group=_ADMITTED, width=6.5, total="sum")
        for key, heading in _LEAVING:
            yield FormColumn(key, heading, group=_OUT, width=6.5, total="sum")
        yield added("leavings", "Cộng", [key for key, _heading in _LEAVING], group=_OUT, width=6.5)
        yield FormColumn("went", "Sang đơn vị khác", width=6.5, total="sum")
        yield FormColumn("closing", "Có cuối kỳ", width=7, total="sum")
        yield _balance_column()
        yield FormColumn("official", "Công nhận chính thức", width=7, total="sum")
        yield from self._term_columns()

    def _term_columns(self) -> Iterable[FormColumn]:
        group = self._term_words
        yield FormColumn("term", "Trong tỉnh", group=group, width=7, total="sum")
        if self._aim.value:
            yield _target_column(self._aim, group)
        yield FormColumn("term_outside", "Ngoài tỉnh", group=group, width=7, total="sum")

    @cached_property
    def _more(self) -> list[Indicator]:
        return not_among("movements", self._own_columns())

    @property
    def _aim(self) -> Aim:
        """The target of the term, which is the province's alone."""
        return self.matter.aim(ADMISSIONS.code)

    @property
    def _term_words(self) -> str:
        term = self.matter.rules.term
        return f"Kết nạp từ {term.starts_on:%d/%m/%Y}" if term else "Kết nạp lũy kế"

    def _row(self, number: int, place: Place) -> FormRow:
        values = {"tt": number, "name": place.name}
        if not self.matter.is_known(Subject.ADMISSION, place):
            return FormRow(place.id, values, is_blank=True)
        found, counts = self.matter.movements.get(place.id, Counter()), self.matter.counts(place)
        values |= {key: found[key] for key in ("admitted", "arrived")}
        values |= {key: found[key] for key, _heading in _LEAVING}
        values |= {key: counts.get((Subject.ADMISSION, key), 0) for key in _TERM}
        values |= {one.cells.have: value_of(one, counts) for one in self._more}
        return self._counts.fill(
            FormRow(
                place.id,
                values
                | {
                    "heads": self._heads.get(place.id, 0),
                    "official": self._official.get(place.id, 0),
                    "opening": self.matter.roster_before(place),
                    "closing": self._closing(place),
                    "came": self._balance.came(place),
                    "went": self._balance.went(place),
                },
            ),
            place,
        )

    def gap(self, places: Iterable[Place]) -> int | None:
        """Opening + in − out − closing of some units together, counted from the sources of the form;
        None where nobody knows an opening, or who came from another unit."""
        known = [place for place in places if self.matter.is_known(Subject.ADMISSION, place)]
        opening = [self.matter.roster_before(place) for place in known]
        came = [self._balance.came(place) for place in known]
        if all(count is None for count in opening) or all(count is None for count in came):
            return None
        moved = sum((self.matter.movements.get(place.id, Counter()) for place in known), Counter())
        away = [self._balance.went(place) for place in known]
        there = [self._closing(place) for place in known]
        left = sum(moved[key] for key, _heading in _LEAVING)
        ways = sum(map(_sum, (opening, came))) + moved["admitted"] + moved["arrived"]
        return ways - left - _sum(away) - _sum(there)

    def _closing(self, place: Place) -> int | None:
        return self.matter.of_rated(Subject.MEMBER, place).roster

    @cached_property
    def _counts(self) -> OfficeCounts:
        return OfficeCounts(self.matter, "05")

    @cached_property
    def _balance(self) -> Balance:
        return Balance(self.matter)

    @cached_property
    def _heads(self) -> dict[int | None, int]:
        """Unit → heads in post on 31 December who were admitted during the year."""
        year = self.matter.year
        admitted = Movement.objects.under(self.matter.scope).filter(
            year=year, kind=MovementKind.ADMISSION, on__year=year.pk, in_province=True
        )
        lines = VillageLine.objects.under(self.matter.scope).filter(
            year=year, head__member__in=admitted.values("member")
        )
        counted = lines.order_by().values_list("unit_id")
        return dict(counted.annotate(Count("head__member", distinct=True)))

    @cached_property
    def _official(self) -> Counter:
        """Unit → members whose day as an official member lies in the year, leavers included."""
        year, of_year = self.matter.year, {"member__official_on__year": self.matter.year.pk}
        lines = MemberLine.objects.under(self.matter.scope).filter(year=year, **of_year).in_roster()
        left = Movement.objects.under(self.matter.scope).filter(
            year=year, kind=MovementKind.LEAVING, on__year=year.pk, **of_year
        )
        found: Counter = Counter()
        for rows in (lines, left):
            found.update(dict(rows.order_by().values_list("unit_id").annotate(Count("pk"))))
        return found

    def _notes(self) -> Iterable[str]:
        if self.matter.rules.term:
            term = self.matter.rules.term
            yield (
                f"Nhiệm kỳ {term.name}: từ {term.starts_on:%d/%m/%Y} đến {term.ends_on:%d/%m/%Y}; "
                "lũy kế gồm cả đảng viên kết nạp trong tỉnh sau đó đã ra khỏi đảng bộ."
            )
        yield (
            "Đưa ra khỏi Đảng là khai trừ và xóa tên. Kiểm tra: có đầu kỳ + kết nạp + chuyển đến + từ "
            "đơn vị khác − ra khỏi đảng bộ − sang đơn vị khác = có cuối kỳ; để trống khi năm trước "
            "hoặc năm nay không có danh sách. Thôn trưởng, công nhận chính thức: theo danh sách đảng "
            "viên; nữ: theo danh sách, nơi không có danh sách thì do đơn vị đếm như các cột khác của "
            "kết nạp. Cột chưa đơn vị nào báo thì để trống."
        )


def _sum(counts: Iterable[int | None]) -> int:
    return sum(count or 0 for count in counts)


def _balance_column() -> FormColumn:
    """Opening + in − out = closing, or by how much it differs."""
    came = "{opening}+{admitted}+{arrived}+{came}"
    gap = f"{came}-{{leavings}}-{{went}}-{{closing}}"

    def compute(values: dict):
        if values.get("opening") is None or values.get("came") is None:
            return None
        ways_in = sum(values[key] or 0 for key in ("opening", "admitted", "arrived", "came"))
        differs = ways_in - values["leavings"] - (values["went"] or 0) - (values["closing"] or 0)
        return _BALANCED if differs == 0 else differs

    return FormColumn(
        "balance",
        "Kiểm tra",
        "mark",
        7,
        total="formula",
        compute=compute,
        formula=f'IF(OR({{opening}}="",{{came}}=""),"",IF({gap}=0,"{_BALANCED}",{gap}))',
    )


def _target_column(aim: Aim, group: str) -> FormColumn:
    """Of the whole province's target, each unit's part."""
    whole = f"{aim.sought.normalize():f}"
    return FormColumn(
        "term_share",
        f"% so chỉ tiêu {aim.goal('')}",
        "share",
        8,
        group=group,
        total="formula",
        formula=share_formula("{term}", whole),
        compute=lambda values: percent(values.get("term") or 0, int(aim.sought)),
    )


def build(matter: Matter, sources: Sources) -> Form:
    """The form with one row a unit."""
    return sources.once(Builder).build()


def checks(sources: Sources, form: Form) -> Iterable[Check]:
    """Admissions of the term, members at the end and the balance, of each unit and of all."""
    matter, builder = sources.matter, sources.once(Builder)
    for place in (*matter.places, None):
        row, whose = (place.id, place.name) if place else (TOTAL, form.total_label)
        term, members = matter.figure(ADMISSIONS.code, place), matter.of_rated(Subject.MEMBER, place)
        yield Check(form, row, "term", f"{whose}: {term.label}", term.numerator)
        closing = members.roster if term.is_known else None
        yield Check(form, row, "closing", f"{whose}: đảng viên cuối kỳ", closing)
        gap = builder.gap([place] if place else matter.places)
        balance = _BALANCED if gap == 0 else gap
        yield Check(form, row, "balance", f"{whose}: đầu kỳ + tăng − giảm = cuối kỳ", balance)


SHEET = Sheet("movements", "B05", build, checks)
