"""How organizations and members were rated, by unit and level of the year's scheme.

After DOMAIN §6, Biểu 01 to 03; the levels, readings, targets and caps are those of the year.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from string import ascii_lowercase

from assessments.figures.indicator import Indicator
from assessments.figures.indicators import rated_by
from assessments.reports.building.columns import reading_basis, short_column, starred, verdict_column
from assessments.reports.building.matter import Matter, Place
from assessments.reports.sheets import rated_caps
from assessments.roster.models.tallies import Subject
from assessments.rules.cap_rule import CapRule
from assessments.rules.year_rules import LevelRule, ReadingRule
from orgs.models import Form as OrganizationForm
from resolution03.lib.figures import percent
from resolution03.lib.form_columns import added, share
from resolution03.lib.forms_xlsx import Form, FormColumn, FormRow
from resolution03.lib.text import fold

_NO_REASON, _OTHER_REASON = "chưa ghi lý do", "lý do khác"
_STRONG = "Trong sạch, vững mạnh"
_SUSPENDED = fold("đình chỉ")
SHOWN_REASON = 2
"""A member's reason is shown when at least so many members share it: free text may name one."""


@dataclass(frozen=True)
class KindForm:
    """One of the three forms: its subject and its words; `division`: the words for committees and
    cells."""

    number: str
    sheet: str
    subject: str
    title: str
    unit_line: str
    count_words: str
    division: tuple[str, ...]

    @property
    def indicators(self) -> list[Indicator]:
        """What the form answers."""
        return rated_by(self.subject)

    def whole_of(self, indicator: Indicator) -> Indicator | None:
        """The indicator of which another one is also told as a share."""
        wanted = indicator.counted.also_of
        return next((one for one in self.indicators if one.counted.meaning == wanted), None)


def title_key(indicator: Indicator) -> str:
    """The column of those awarded the title."""
    return f"{indicator.code}_title"


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
        return starred(
            Form(
                name=self.kind.sheet,
                number=f"Biểu số {self.kind.number}/{self.matter.mark}",
                title=self.kind.title.format(year=matter.year.pk),
                unit_line=self.kind.unit_line,
                columns=[*self._columns()],
                rows=[self._row(n, place) for n, place in enumerate(matter.places, start=1)],
                notes=[*self._notes()],
                on_one_page=matter.fits_one_page,
            )
        )

    def keys_of(self, reading: ReadingRule | None) -> list[str]:
        """The columns of the levels that a reading counts."""
        codes = reading.codes if reading else ()
        return [self.level_keys[code] for code in codes if code in self.level_keys]

    def _columns(self) -> Iterable[FormColumn]:
        unrated = ["unrated", "exempt"] if self.is_members else ["unrated"]
        yield FormColumn("tt", "TT", width=4)
        yield FormColumn("name", "Đơn vị", "text", 21)
        yield added("roster", self.kind.count_words, ["rated", *unrated], width=7)
        yield from self._division()
        yield added("rated", "SL", [*self.level_keys.values()], group="Đã xếp loại", width=7)
        yield share("rated_share", "rated", "roster", percent, group="Đã xếp loại")
        for level in self.levels:
            yield from self._level(level)
        yield from self._waiting()
        for indicator in self.kind.indicators:
            yield from self._counted(indicator)
        for cap in self.caps:
            yield from rated_caps.columns(cap, self.level_keys, is_by_unit=self.matter.is_by_unit(cap))
        yield FormColumn("remark", "Ghi chú", "text", 9)

    def _division(self) -> Iterable[FormColumn]:
        if self.is_members:
            yield FormColumn("probationary", "Dự bị", group="Trong đó", width=6, total="sum")
            yield FormColumn("exempt", "Miễn CT, SH", group="Trong đó", width=6, total="sum")
            return
        for key, words in zip(("committee", "cell", "village"), self.kind.division, strict=False):
            yield FormColumn(key, words, group="Chia ra", width=6.5, total="sum")

    def _level(self, level: LevelRule) -> Iterable[FormColumn]:
        key, group = self.level_keys[level.code], f"{level.name} ({level.code})"
        yield FormColumn(key, "SL", group=group, width=6, total="sum")
        yield share(f"{key}_share", key, "rated", percent, group=group, width=6)
        if level is self.levels[0] and self._has_ratio:
            second = self.levels[1].code
            yield share(
                "ratio",
                key,
                self.level_keys[second],
                percent,
                group=group,
                width=6.5,
                heading=f"% so {second}",
            )

    @property
    def _has_ratio(self) -> bool:
        """The first level beside the second, on which later schemes base their caps."""
        return len(self.levels) == 4

    def _waiting(self) -> Iterable[FormColumn]:
        group = "Chưa xếp loại"
        yield FormColumn("unrated", "SL", group=group, width=5.5, total="sum")
        if self.is_members:
            yield FormColumn("suspended", "Đình chỉ SH", group=group, width=6, total="sum")
            yield FormColumn(
                "waiting",
                "Khác",
                group=group,
                width=5.5,
                total="formula",
                formula="{unrated}-N({suspended})",
                label="{unrated}-{suspended}",
                compute=lambda values: (values.get("unrated") or 0) - (values.get("suspended") or 0),
            )
        yield FormColumn("reasons", "Lý do", "text", 17 if self.is_members else 15, group=group)

    def _counted(self, indicator: Indicator) -> Iterable[FormColumn]:
        code, reading = indicator.code, indicator.counted.level_reading(self.matter.rules)
        keys = self.keys_of(reading)
        if not keys or reading is None:
            return
        aim, group = self.matter.aim(code), self._group_of(indicator, reading)
        yield added(code, "SL", keys, group=group, width=6)
        yield share(f"{code}_share", code, "rated", percent, group=group, width=6)
        if whole := self.kind.whole_of(indicator):
            heading = "% so TSVM"
            yield share(
                f"{code}_of_strong", code, whole.code, percent, group=group, width=6.5, heading=heading
            )
        if self.shows_title(indicator):
            yield FormColumn(title_key(indicator), "Danh hiệu tiêu biểu", group=group, width=7, total="sum")
        if aim.value is not None:
            yield short_column(f"{code}_short", code, "rated", aim, group)
            yield verdict_column(f"{code}_met", code, "rated", aim, group)

    def shows_title(self, indicator: Indicator) -> bool:
        """Whether the title awarded is another reading of the indicator that year."""
        return indicator.counted.has_title and self.matter.rules.awards_title

    def _group_of(self, indicator: Indicator, reading: ReadingRule) -> str:
        """The meaning with its levels where it is read into a later scheme, and its target."""
        words, goal = indicator.paper.column, self.matter.aim(indicator.code).goal()
        if self._has_ratio and not self.is_members:
            words = f"{words}: quy đổi {' + '.join(reading.codes)}"
        return f"{words} ({goal})" if goal else words

    def _row(self, number: int, place: Place) -> FormRow:
        if not self.matter.is_known(self.kind.subject, place):
            return FormRow(place.id, {"tt": number, "name": place.name}, is_blank=True)
        counts, subject = self.matter.counts(place), self.kind.subject
        values = {"tt": number, "name": place.name, "unrated": counts.get((subject, "unrated"), 0)}
        values |= {key: counts.get((subject, code), 0) for code, key in self.level_keys.items()}
        titles = counts.get((Subject.TITLE, subject), 0)
        values |= {title_key(one): titles for one in self.kind.indicators if self.shows_title(one)}
        is_reported = self.matter.is_reported(self.kind.subject, place)
        return FormRow(
            place.id,
            values
            | self._details(place, is_reported)
            | {
                "reasons": self._reasons(place),
                **self._of_caps(place),
                "remark": "Số tổng hợp" if is_reported else None,
            },
        )

    def _details(self, place: Place, is_reported: bool) -> dict:
        """How the roster divides; unknown where it was only reported as a total."""
        if self.is_members:
            exempt = self.matter.counts(place).get((self.kind.subject, "exempt"))
            if is_reported:
                return {"probationary": None, "exempt": exempt or None, "suspended": None}
            return {
                "probationary": self.matter.probationary.get((place.id,), 0),
                "exempt": exempt or 0,
                "suspended": self._suspended(place),
            }
        if is_reported:
            return {}
        every = sum(count for (unit, _form), count in self._forms.items() if unit == place.id)
        cells = self._forms.get((place.id, OrganizationForm.CELL.value), 0)
        villages = self.matter.village_cells.get((place.id, self.kind.subject), 0)
        return {"committee": every - cells, "cell": cells, "village": villages}

    def _suspended(self, place: Place) -> int:
        """Those whose reason says that they are suspended from meetings."""
        found = self._all_reasons.get(place.id, Counter())
        return sum(count for reason, count in found.items() if _SUSPENDED in fold(reason))

    @cached_property
    def _forms(self):
        return self.matter.forms(self.kind.subject)

    @cached_property
    def _all_reasons(self) -> dict[int | None, Counter]:
        return self.matter.reasons(self.kind.subject)

    @cached_property
    def _shown_reasons(self) -> set[str]:
        everywhere = sum(self._all_reasons.values(), Counter())
        least = SHOWN_REASON if self.is_members else 1
        return {reason for reason, count in everywhere.items() if reason and count >= least}

    def _reasons(self, place: Place) -> str:
        """`Mới thành lập: 2`; of members, who have many, by the letters that a note explains."""
        folded: Counter = Counter()
        for reason, count in self._all_reasons.get(place.id, Counter()).items():
            other = _OTHER_REASON if reason else _NO_REASON
            folded[reason if reason in self._shown_reasons else other] += count
        if self.is_members:
            lettered = {self._letters.get(reason, reason): count for reason, count in folded.items()}
            return "; ".join(f"{letter}: {count}" for letter, count in sorted(lettered.items()))
        return "; ".join(f"{reason}: {count}" for reason, count in folded.most_common())

    @cached_property
    def _letters(self) -> dict[str, str]:
        """Reason → its letter, the most frequent first."""
        everywhere = sum(self._all_reasons.values(), Counter())
        shown = [reason for reason, _n in everywhere.most_common() if reason in self._shown_reasons]
        return dict(zip(shown, ascii_lowercase, strict=False))

    def _of_caps(self, place: Place) -> dict:
        """What a unit has of each cap: how many of its groups are over it, or its own percentage."""
        told: dict = {}
        for cap, over in self.matter.over_caps[self.kind.subject]:
            groups = sum(one.key.unit == place.id for one in over)
            told |= rated_caps.values(cap, place.id, groups, is_by_unit=self.matter.is_by_unit(cap))
        return told

    def _notes(self) -> Iterable[str]:
        for one in self.kind.indicators:
            if reading := one.counted.level_reading(self.matter.rules):
                yield f"{one.paper.column}: {reading.name} ({reading_basis(reading)})."
        for cap in self.caps:
            yield rated_caps.note(cap)
        if self.is_members and self._letters:
            listed = "; ".join(f"{letter}) {reason}" for reason, letter in self._letters.items())
            yield f"Lý do chưa xếp loại: {listed}."
        if not self.is_members and not self._has_ratio:
            yield f"Cột {self.levels[1].code} không gồm tiêu biểu; cột {_STRONG} gồm cả hai."
        names = [
            place.name for place in self.matter.places if self.matter.is_reported(self.kind.subject, place)
        ]
        if names:
            yield (
                f"Báo cáo bằng số tổng hợp: {'; '.join(names)}. Số này không chia theo loại hình và "
                "không có danh sách."
            )
