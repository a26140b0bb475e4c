"""A form of counts, laid over as many sheets as its columns need on paper: 08a, 08b."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from string import ascii_lowercase

from assessments.reports.building.columns import starred
from assessments.reports.building.counted import WHOSE, CountColumns, GivenByRow, checks, finish
from assessments.reports.building.matter import Matter
from assessments.reports.building.sources import Sheet
from assessments.roster.counts.given import Given
from assessments.rules.count_forms import is_in_form
from assessments.rules.count_rule import CountRule
from assessments.rules.models.counts import CountLevel
from resolution03.lib.forms_xlsx import Form, FormColumn, FormRow

FIRST = (FormColumn("tt", "TT", width=4), FormColumn("name", "Đơn vị", "text", 24))
NOTHING = FormColumn("nothing", "Năm này không có chỉ tiêu đếm ở biểu này", "text", 60)
LONGEST_TITLE = 90
"""Letters that stand over a sheet in one line."""
ROOM = 1006
"""Pixels that the columns of a sheet may take on A4 landscape without being made smaller."""


@dataclass(frozen=True)
class Part:
    """One sheet. `number`: of the form, with the letter of the sheet; `words`: what the form is about."""

    matter: Matter
    number: str
    rules: Sequence[CountRule]
    words: str

    @cached_property
    def columns(self) -> CountColumns:
        return CountColumns(self.rules)

    @cached_property
    def groups(self) -> list[str]:
        return list(dict.fromkeys(rule.group for rule in self.rules if rule.group))

    @property
    def name(self) -> str:
        """Of the sheet; Excel takes 31 letters, and no colon."""
        return f"{self.number} {self.groups[0] if self.groups else 'Số đếm'}"[:31].rstrip(" ,")

    @property
    def title(self) -> str:
        clauses = dict.fromkeys(rule.clause.split(".")[0] for rule in self.rules if rule.clause)
        parts = f" (MỤC {', '.join(clauses)})" if clauses else ""
        about = "; ".join(self.groups).upper()
        short = f"{self.words}{parts}, NĂM {self.matter.year.pk}"
        long = f"{self.words}{parts}: {about}, NĂM {self.matter.year.pk}"
        return short if not about or about in self.words or len(long) > LONGEST_TITLE else long

    @cached_property
    def total(self) -> dict[str, Given]:
        """What was given in all, by code."""
        return {rule.code: self.matter.year_counts.total(rule) for rule in self.rules}

    def build(self, given: GivenByRow) -> Form:
        """With one row a unit, or a grassroots organization of the one."""
        form = Form(
            name=self.name,
            number=f"Biểu số {self.number}/{self.matter.mark}",
            title=self.title,
            unit_line=f"Đơn vị tính: {measures(self.rules)}; tỷ lệ: %",
            columns=[*FIRST, *(self.columns if self.rules else [NOTHING])],
            rows=[*self._rows(given)],
            notes=[*self._notes()],
        )
        finish(form, self.columns, self.total)
        return starred(form, {rule.code: WHOSE[CountLevel(rule.level)] for rule in self.rules})

    def _notes(self) -> Iterable[str]:
        if len(self.groups) > 1:
            yield f"Gồm: {'; '.join(self.groups)}."
        yield from notes(self.rules)

    def _rows(self, given: GivenByRow) -> Iterable[FormRow]:
        for number, place in enumerate(given.places(self.rules), start=1):
            row = FormRow(place.id, {"tt": number, "name": place.name})
            self.columns.fill(row, {rule.code: given.of(rule, place) for rule in self.rules})
            yield row

    def sheet(self, key: str) -> Sheet:
        """Its declaration, under the key of the form and its letter."""
        return Sheet(
            f"{key}_{self.number}",
            f"B{self.number}",
            lambda matter, sources: self.build(sources.once(GivenByRow)),
            lambda sources, form: checks(form, self.columns, self.total),
        )


def parts_of(matter: Matter, form: str, words: str, more: int = 0) -> list[Part]:
    """The sheets of a form in the year, each as full as it may be; `more`: how many others come behind."""
    held: list[list[CountRule]] = [[]]
    for rule in matter.year_counts.asked:
        if not is_in_form(rule, form):
            continue
        if held[-1] and room(*held[-1], rule) > ROOM:
            held.append([])
        held[-1].append(rule)
    numbers = lettered(form, len(held) + more)
    return [Part(matter, number, rules, words) for number, rules in zip(numbers, held, strict=False)]


def lettered(form: str, sheets: int) -> list[str]:
    """The numbers of a form's sheets: 08, or 08a, 08b."""
    return [form] if sheets == 1 else [f"{form}{letter}" for letter in ascii_lowercase[:sheets]]


def room(*rules: CountRule) -> float:
    """Pixels that the columns of counts take, with those before them."""
    return sum(7 * column.width + 5 for column in (*FIRST, *CountColumns(rules)))


def measures(rules: Sequence[CountRule]) -> str:
    return "; ".join(dict.fromkeys(rule.measure for rule in rules if rule.measure)) or "số lượng"


def notes(rules: Sequence[CountRule]) -> Iterable[str]:
    """What the numbers are."""
    yield "Chỗ để trống: chưa có số, không tính là 0."
    if monthly := [rule.short_name for rule in rules if rule.is_monthly]:
        yield f"Mẫu số tính theo tháng (số chi bộ × số tháng): {'; '.join(monthly)}."
    if told := [rule.short_name for rule in rules if rule.is_computed]:
        yield f"Tính từ danh sách, sổ theo dõi: {'; '.join(told)}."
