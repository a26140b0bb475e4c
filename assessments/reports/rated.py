"""How organizations and members were rated, by unit and level of the year's scheme.

After DOMAIN §6, Biểu 01 to 03; the levels, readings, targets and caps are those of the year.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from assessments.models import CapBase, CapGroup, Meaning, Subject
from assessments.reports import formulas
from assessments.reports.columns import goal, plain, reading_basis, short_column
from assessments.reports.matter import Matter, Place
from assessments.rules import cap_allowance
from assessments.year_rules import CapRule, ReadingRule
from orgs.models import Form as OrganizationForm
from resolution03.lib.figures import percent
from resolution03.lib.forms_xlsx import Form, FormColumn, FormRow, added, share

SHOWN_REASON = 2
"""A member's reason is shown when at least so many members share it: free text may name one."""


@dataclass(frozen=True)
class KindForm:
    """One of the three forms: its subject, its words, and the indicators that it answers."""

    number: str
    sheet: str
    subject: str
    title: str
    unit_line: str
    count_words: str
    indicators: tuple[tuple[str, Meaning, str], ...]


@dataclass(frozen=True)
class Builder:
    """Makes the form of one kind for one report."""

    kind: KindForm
    matter: Matter

    @cached_property
    def levels(self):
        return self.matter.levels(self.kind.subject)

    @cached_property
    def level_keys(self) -> dict[str, str]:
        """Level code → column key, the best level first."""
        return {level.code: f"level{n}" for n, level in enumerate(self.levels, start=1)}

    @cached_property
    def caps(self) -> list[CapRule]:
        return self.matter.caps(self.kind.subject)

    @property
    def is_members(self) -> bool:
        return self.kind.subject == Subject.MEMBER

    def build(self) -> Form:
        matter = self.matter
        return Form(
            name=self.kind.sheet,
            number=f"Biểu số {self.kind.number}/NQ03",
            title=self.kind.title.format(year=matter.year.pk),
            unit_line=self.kind.unit_line,
            columns=[*self._columns()],
            rows=[self._row(n, place) for n, place in enumerate(matter.places, start=1)],
            notes=[*self._notes()],
            on_one_page=matter.fits_one_page,
        )

    def keys_of(self, reading: ReadingRule | None) -> list[str]:
        """The columns of the levels that a reading counts."""
        codes = reading.codes if reading else ()
        return [self.level_keys[code] for code in codes if code in self.level_keys]

    def _columns(self) -> Iterable[FormColumn]:
        unrated = ["unrated", "exempt"] if self.is_members else ["unrated"]
        yield FormColumn("tt", "TT", width=4)
        yield FormColumn("name", "Đơn vị", "text", 22)
        yield added("roster", self.kind.count_words, ["rated", *unrated], width=7.5)
        yield from self._division()
        yield added("rated", "SL", [*self.level_keys.values()], group="Đã xếp loại", width=7)
        yield share("rated_share", "rated", "roster", percent, group="Đã xếp loại")
        for level in self.levels:
            key = self.level_keys[level.code]
            group = f"{level.name} ({level.code})"
            yield FormColumn(key, "SL", group=group, width=6.5, total="sum")
            yield share(f"{key}_share", key, "rated", percent, group=group, width=6.5)
        yield FormColumn("unrated", "SL", group="Chưa xếp loại", width=6, total="sum")
        width = 44 if self.is_members else 24
        yield FormColumn("reasons", "Lý do", "text", width, group="Chưa xếp loại")
        for indicator in self.kind.indicators:
            yield from self._counted(*indicator)
        for cap in self.caps:
            yield from self._cap_columns(cap)

    def _division(self) -> Iterable[FormColumn]:
        if self.is_members:
            yield FormColumn("probationary", "Dự bị", group="Trong đó", width=6, total="sum")
            yield FormColumn("exempt", "Miễn SH", group="Trong đó", width=6, total="sum")
            return
        yield FormColumn("committee", "Đảng bộ", group="Chia ra", width=6.5, total="sum")
        yield FormColumn("cell", "Chi bộ", group="Chia ra", width=6.5, total="sum")

    def _counted(self, code: str, meaning: Meaning, words: str) -> Iterable[FormColumn]:
        keys = self.keys_of(self.matter.rules.reading(meaning))
        target = self.matter.rules.target(code)
        group = words if target is None or target.value is None else f"{words} ({goal(target)})"
        if keys:
            yield added(code, "SL", keys, group=group, width=6.5)
            yield share(f"{code}_share", code, "rated", percent, group=group, width=6.5)
        if keys and target and target.value is not None:
            yield short_column(f"{code}_short", code, "rated", target, group)

    def _cap_columns(self, cap: CapRule) -> Iterable[FormColumn]:
        group = f"Trần {cap.level_code} ({plain(cap.percent)}%)"
        level, base = self.level_keys[cap.level_code], self._base_key(cap)
        if cap.base == CapBase.LEVEL:
            yield share(f"cap_{cap.level_code}_ratio", level, base, percent, group=group,
                        heading=f"So {cap.base_level_code} (%)")
        if cap.group == CapGroup.GRASSROOTS:
            yield FormColumn(f"cap_{cap.level_code}_groups", "TCCSĐ vượt", group=group, width=6.5,
                             total="sum")
            return
        allowed = f"cap_{cap.level_code}_allowed"
        yield FormColumn(
            allowed, "Được phép", group=group, width=6.5,
            formula=formulas.allowance(f"{{{base}}}", cap.percent),
            compute=lambda values: cap_allowance(values.get(base) or 0, cap.percent),
        )
        yield FormColumn(
            f"cap_{cap.level_code}_over", "Vượt", group=group, width=5.5, total="sum",
            formula=f"MAX(0,{{{level}}}-{{{allowed}}})", label=f"{{{level}}}-{{{allowed}}}",
            compute=lambda values: max(0, (values.get(level) or 0) - values[allowed]),
        )

    def _base_key(self, cap: CapRule) -> str:
        if cap.base == CapBase.RATED:
            return "rated"
        return self.level_keys.get(cap.base_level_code, "rated")

    def _row(self, number: int, place: Place) -> FormRow:
        if not self.matter.is_known(self.kind.subject, place):
            return FormRow(place.id, {"tt": number, "name": place.name}, is_blank=True)
        counts, subject = self.matter.counts(place), self.kind.subject
        values = {"tt": number, "name": place.name, "unrated": counts.get((subject, "unrated"), 0)}
        values |= {
            key: counts.get((subject, code), 0) for code, key in self.level_keys.items()
        }
        return FormRow(place.id, values | self._details(place) | {
            "reasons": self._reasons(place), **self._groups_over(place)
        })

    def _details(self, place: Place) -> dict:
        """How the roster divides; unknown where it was only reported as a total."""
        subject = self.kind.subject
        is_reported = self.matter.is_reported(subject, place)
        if self.is_members:
            exempt = self.matter.counts(place).get((subject, "exempt"))
            probationary = self.matter.probationary.get((place.id,), 0)
            if is_reported:
                return {"probationary": None, "exempt": exempt or None}
            return {"probationary": probationary, "exempt": exempt or 0}
        if is_reported:
            return {"committee": None, "cell": None}
        cells = self._forms.get((place.id, OrganizationForm.CELL.value), 0)
        every = sum(count for (unit, _form), count in self._forms.items() if unit == place.id)
        return {"committee": every - cells, "cell": cells}

    @cached_property
    def _forms(self):
        return self.matter.forms(self.kind.subject)

    @cached_property
    def _all_reasons(self) -> dict[int, Counter]:
        return self.matter.reasons(self.kind.subject)

    @cached_property
    def _shown_reasons(self) -> set[str]:
        everywhere = sum(self._all_reasons.values(), Counter())
        least = SHOWN_REASON if self.is_members else 1
        return {reason for reason, count in everywhere.items() if reason and count >= least}

    def _reasons(self, place: Place) -> str:
        folded: Counter = Counter()
        for reason, count in self._all_reasons.get(place.id, Counter()).items():
            other = "lý do khác" if reason else "chưa ghi lý do"
            folded[reason if reason in self._shown_reasons else other] += count
        return "; ".join(f"{reason}: {count}" for reason, count in folded.most_common())

    def _groups_over(self, place: Place) -> dict:
        return {
            f"cap_{cap.level_code}_groups": sum(unit == place.id for unit, *_rest in over)
            for cap, over in self.matter.over_caps[self.kind.subject] if cap.group == CapGroup.GRASSROOTS
        }

    def _notes(self) -> Iterable[str]:
        readings = [
            self.matter.rules.reading(meaning) for _code, meaning, _words in self.kind.indicators
        ]
        for (_code, _meaning, words), reading in zip(self.kind.indicators, readings, strict=True):
            if reading:
                yield f"{words}: {reading.name} ({reading_basis(reading)})."
        for cap in self.caps:
            basis = cap.document or "trần mặc định, chờ Ban xác nhận"
            yield (
                f"Trần {cap.level_code}: không quá {plain(cap.percent)}% {_base_words(cap)} "
                f"{_GROUPS[cap.group]}, làm tròn xuống ({basis})."
            )
        names = [
            place.name for place in self.matter.places
            if self.matter.is_reported(self.kind.subject, place)
        ]
        if names:
            yield (
                f"Báo cáo bằng số tổng hợp: {'; '.join(names)}. Số này không chia theo loại hình và "
                "không có danh sách."
            )


_GROUPS = {CapGroup.GRASSROOTS: "trong từng tổ chức cơ sở đảng", CapGroup.UNIT: "trong từng đơn vị"}


def _base_words(cap: CapRule) -> str:
    return "số đã xếp loại" if cap.base == CapBase.RATED else f"số xếp loại {cap.base_level_code}"
