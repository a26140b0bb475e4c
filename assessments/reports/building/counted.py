"""Counts as columns of a form: what was given, its whole, its share; blank where nobody gave it, never 0.

Rows are units; of a unit's own report its grassroots organizations. A share adds up part and whole of those
that gave both: where a sum has more, its formula takes away what has no counterpart.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import capfirst

from assessments.reports.building.columns import PARTLY
from assessments.reports.building.matter import Matter, Place
from assessments.reports.building.sources import Check
from assessments.roster.counts.given import Given
from assessments.rules.count_rule import CountRule
from assessments.rules.models.counts import CountLevel
from resolution03.lib.figures import percent
from resolution03.lib.form_columns import FormColumn, Values
from resolution03.lib.forms_xlsx import TOTAL, Form, FormRow

WHOSE = {
    CountLevel.UNIT: "đơn vị",
    CountLevel.GRASSROOTS: "tổ chức cơ sở đảng",
    CountLevel.CELL: "chi bộ",
}
"""Who gives a count of a level, in words."""
APART_NOTE = (
    "Tỷ lệ, bình quân cộng tử số và mẫu số của những nơi có cả hai; nơi chỉ có một số không tính vào tỷ lệ."
)


class GivenByRow:
    """What the rows of a report gave."""

    def __init__(self, matter: Matter):
        self.matter, self.counts = matter, matter.year_counts

    def places(self, rules: Iterable[CountRule]) -> list[Place]:
        """The rows: units, or the grassroots organizations of the one; the unit itself where it is asked."""
        if self.matter.unit is None:
            return self.matter.places
        own = self.matter.places if any(rule.level == CountLevel.UNIT for rule in rules) else []
        known = {place.id for place in own}
        return own + [place for place in self._grassroots if place.id not in known]

    def of(self, rule: CountRule, place: Place) -> Given:
        """What was given in a row."""
        sums = self.counts.sums(rule) if self.matter.unit is None else self._by_grassroots(rule)
        return sums.get(place.id or 0, Given())

    @cached_property
    def _grassroots(self) -> list[Place]:
        lines = self.counts.of_level(CountLevel.GRASSROOTS).order_by("position", "pk")
        return [Place(*row) for row in lines.values_list("organization_id", "code", "name")]

    @cached_property
    def _above(self) -> Mapping[int, int]:
        """Cell → the grassroots organization in which it adds up."""
        lines = self.counts.of_level(CountLevel.CELL).order_by()
        return dict(lines.values_list("organization_id", "grassroots_id"))

    def _by_grassroots(self, rule: CountRule) -> dict[int, Given]:
        found: dict[int, Given] = defaultdict(Given)
        for organization in self.counts.bodies(rule.level):
            above = self._above.get(organization, 0) if rule.level == CountLevel.CELL else organization
            found[above] += self.counts.of(rule, organization)
        return found


@dataclass(frozen=True)
class CountColumns:
    """The columns of some counts that stand beside each other."""

    rules: Sequence[CountRule]

    def __iter__(self) -> Iterator[FormColumn]:
        for rule in self.rules:
            yield from self._of(rule)

    @cached_property
    def _codes(self) -> set[str]:
        return {rule.code for rule in self.rules}

    def whole(self, rule: CountRule) -> list[str]:
        """The columns that hold its whole, the second taken from the first: those of the counts themselves
        where they stand beside it, else one of its own; none where it has no share."""
        if not rule.has_share:
            return []
        named = [code for code in (rule.denominator, rule.less) if code]
        return named if named and self._codes.issuperset(named) else [f"{rule.code}_whole"]

    def _of(self, rule: CountRule) -> Iterator[FormColumn]:
        group, own = headings(rule)
        yield FormColumn(rule.code, own, group=group, width=7 if group else 8.5, total="sum")
        if not rule.has_share:
            return
        whole = self.whole(rule)
        if whole == [f"{rule.code}_whole"]:
            yield FormColumn(whole[0], "Trên tổng", group=group, width=7, total="sum")
        each = "-".join(f"{{{key}}}" for key in whole)
        yield FormColumn(
            f"{rule.code}_share",
            "Bình quân" if rule.is_average else "%",
            "share",
            7 if rule.is_average else 6.5,
            group=group,
            formula=_formula(rule, f"{{{rule.code}}}", each),
            label=_label(rule, each if len(whole) < 2 else f"({each})"),
            total="formula",
        )

    def fill(self, row: FormRow, given: Mapping[str, Given]) -> None:
        """Write what a row gave of each count, by code; what is incomplete is marked."""
        for rule in self.rules:
            one = given[rule.code]
            row.values[rule.code] = one.count
            row.given[rule.code] = one.given, one.of
            if one.count is not None and not one.is_complete:
                row.formats[rule.code] = {"num_format": PARTLY}
            if f"{rule.code}_whole" in self.whole(rule):
                row.values[f"{rule.code}_whole"] = one.whole
                row.given[f"{rule.code}_whole"] = 0, 0
        self.share(row, given)

    def share(self, row: FormRow, given: Mapping[str, Given]) -> bool:
        """Write the shares of a row whose numbers stand; whether some number has no counterpart."""
        is_apart = False
        for rule in self.rules:
            if not rule.has_share:
                continue
            one, key, whole = given[rule.code], f"{rule.code}_share", self.whole(rule)
            row.values[key] = share_of(rule, one)
            more = (one.count or 0) - (one.part or 0)
            over = _less(row.values, whole) - (one.whole or 0)
            if more or over:
                part = f"({{{rule.code}}}-{more})" if more else f"{{{rule.code}}}"
                each = "-".join(f"{{{one}}}" for one in whole)
                row.formulas[key] = _formula(rule, part, f"({each}-{over})" if over else each)
                is_apart = True
        return is_apart


def headings(rule: CountRule) -> tuple[str, str]:
    """Over its columns and over its number: "Kiểm tra: đã làm" stands beside other counts of "Kiểm tra"."""
    group, _colon, own = rule.short_name.rpartition(": ")
    if group:
        return group, capfirst(own)
    return (rule.short_name, "Có") if rule.has_share else ("", rule.short_name)


def share_of(rule: CountRule, given: Given):
    """The share of a count in percent, or how many for each one; None where nobody gave both."""
    if given.part is None or given.whole is None:
        return None
    return percent(given.part, given.whole * 100 if rule.is_average else given.whole)


def _formula(rule: CountRule, part: str, whole: str) -> str:
    """Half up on whole numbers, as `form_columns.share_formula`; blank where there is no whole."""
    whole = f"({whole})" if "-" in whole and not whole.startswith("(") else whole
    scale = 100 if rule.is_average else 10_000
    return f'IF({whole}=0,"",ROUND({part}*{scale}/{whole},0)/100)'


def _label(rule: CountRule, whole: str) -> str:
    return f"{{{rule.code}}}/{whole}" if rule.is_average else f"{{{rule.code}}}*100/{whole}"


def _less(values: Values, keys: Sequence[str]) -> int:
    first, *others = [values.get(key) or 0 for key in keys]
    return first - sum(others)


def finish(form: Form, columns: CountColumns, total: Mapping[str, Given]) -> None:
    """Write the shares of the last row, which adds up more than itself, and say what they add up."""
    apart = [bool(row.formulas) for row in form.rows if row.key != TOTAL]
    if columns.share(form.row(TOTAL), total) or any(apart):
        form.notes = [*form.notes, APART_NOTE]


def checks(form: Form, columns: CountColumns, total: Mapping[str, Given]) -> Iterator[Check]:
    """What the system counts in all."""
    for rule in columns.rules:
        words = f"{form.total_label}: {rule.short_name}"
        yield Check(form, TOTAL, rule.code, words, total[rule.code].count)
        if rule.has_share:
            yield Check(
                form, TOTAL, f"{rule.code}_share", f"{words}, tỷ lệ", share_of(rule, total[rule.code])
            )
