"""A table of yearly counts: a row an organization, a column a thing counted; blank is not zero."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.entry.counting.cells import Cell, Read, read, shown, word
from assessments.entry.counting.judging import Counted, Counts, Outcome
from assessments.roster.models.lines import OrganizationLine
from resolution03.lib.figures import number, whole
from resolution03.lib.phrases import Phrase


@dataclass(slots=True)
class CountRow:
    """One organization; `seen` is what the page shows as stored, `why` what could not be saved,
    `warnings` what does not fit what the lists say."""

    line: OrganizationLine
    cells: list[Cell]
    seen: str
    why: str = ""
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sent for one organization: what was read by the keys of the table, and what was seen.

    `wrong`: the keys of what is no count.
    """

    line_id: int
    seen: Counts
    read: Mapping[str, Read]
    wrong: tuple[str, ...]

    @property
    def counted(self) -> Counted:
        """Only what was changed on the page; to be asked when nothing is wrong."""
        counts = {key: one.number for key, one in self.read.items()}
        changed = {key: count for key, count in counts.items() if count != self.seen.get(key)}
        return Counted(self.line_id, self.seen, changed)


@dataclass(frozen=True)
class CountTable:
    """What is counted, label by key, and the largest count that is believed."""

    labels: Mapping[str, Phrase]
    most: int

    def written(self, seen: Counts) -> str:
        """Counts as a hidden field carries them."""
        return json.dumps({key: count for key, count in seen.items() if count is not None})

    def heard(self, text: str) -> Counts:
        """Counts of a hidden field; nothing where it is not one of ours."""
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            return {}
        if not isinstance(found, dict):
            return {}
        return {key: count for key, count in found.items() if key in self.labels and type(count) is int}

    def rows(
        self,
        lines: Iterable[OrganizationLine],
        stored: Mapping[int, Counts],
        fixed: Mapping[int, Counts] = {},
    ) -> list[CountRow]:
        """The rows as they are stored; `fixed`: what the lists count, by line."""
        return [self._row(line, stored.get(line.pk, {}), fixed.get(line.pk, {})) for line in lines]

    def typed(self, data: Mapping[str, str]) -> dict[int, Typed]:
        """What a request sent, by line; anything that is no count of a line is left out."""
        found = {}
        for name, seen in data.items():
            prefix, _dash, key = name.partition("-")
            if prefix == "seen" and (pk := whole(key)) is not None:
                found[pk] = self._typed(pk, self.heard(seen), data, key)
        return found

    def answered(self, rows: list[CountRow], sent: Mapping[int, Typed], outcome: Outcome) -> list[CountRow]:
        """The rows after a saving: what was not saved stands as it was typed, and says why."""
        for row in rows:
            typed = sent.get(row.line.pk)
            if typed and (why := self._why(typed, outcome)):
                self._put_back(row, typed, why)
        return rows

    def conflict_words(self, now: Counts) -> str:
        """What stands now where someone else changed counts."""
        told = ", ".join(f"{self.labels[key]}: {word(count)}" for key, count in now.items())
        return _("Changed meanwhile: %(counts)s. Saving again replaces it.") % {"counts": told}

    def _typed(self, pk: int, seen: Counts, data: Mapping[str, str], row: str) -> Typed:
        found = {key: read(data.get(f"{row}-{key}", ""), self.most) for key in self.labels}
        return Typed(pk, seen, found, tuple(key for key, one in found.items() if one.fault))

    def _why(self, row: Typed, outcome: Outcome) -> str:
        if row.wrong:
            return self._wrong_words(row)
        if row.line_id in outcome.conflicts:
            return self.conflict_words(outcome.conflicts[row.line_id])
        return " ".join(outcome.refused.get(row.line_id, ()))

    def _wrong_words(self, row: Typed) -> str:
        found = ", ".join(f"{self.labels[key]}: “{row.read[key].text[:20]}”" for key in row.wrong)
        words = _("Not saved: a count is a whole number from 0 to %(most)s, or blank. Found %(found)s.")
        return words % {"most": number(self.most), "found": found}

    def _put_back(self, row: CountRow, sent: Typed, why: str) -> None:
        row.why = why
        for cell, key in zip(row.cells, self.labels, strict=True):
            if not cell.is_fixed:
                cell.text, cell.fault = sent.read[key].text, sent.read[key].fault

    def _row(self, line: OrganizationLine, stored: Counts, fixed: Counts) -> CountRow:
        counts = stored | fixed
        cells = [
            Cell(f"{line.pk}-{key}", shown(counts.get(key)), str(label), is_fixed=key in fixed)
            for key, label in self.labels.items()
        ]
        return CountRow(line, cells, self.written({k: v for k, v in stored.items() if k not in fixed}))


def entries(sent: Mapping[int, Typed]) -> list[Counted]:
    """Those that can be written: every count a number, and one of them changed."""
    return [row.counted for row in sent.values() if not row.wrong and row.counted.counts]


def not_saved(sent: Mapping[int, Typed], outcome: Outcome) -> set[int]:
    """The lines of which something typed is not stored."""
    return {*outcome.refused, *outcome.conflicts, *(pk for pk, row in sent.items() if row.wrong)}
