"""The page of the village heads of a year: what stands on it, and its Excel."""

from collections.abc import Mapping
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Permission, may
from assessments.figures.board import board
from assessments.figures.heads import listed, sheet, words
from assessments.figures.heads.listed import ALL, SHORT, Asked
from assessments.figures.heads.sheet import UnitRow
from assessments.figures.heads.villages import knows_members, villages
from assessments.figures.indicators import HEADS
from assessments.figures.place import Place
from assessments.figures.village_mergers import note
from assessments.roster.models.village_lines import VillageLine
from resolution03.lib.paging import numbered
from resolution03.lib.xlsx import ListSheet

PAGE = 25


class Heads:
    """What is asked of the page of a place."""

    def __init__(self, place: Place, query: Mapping[str, str]):
        self.place, self.query, self.year = place, query, place.year
        lines = VillageLine.objects.visible_to(place.user)
        self.lines = lines.under(place.unit.unit) if place.unit else lines
        self.board = board([self.year])

    @cached_property
    def villages(self) -> list:
        return villages(self.lines, self.year)

    @cached_property
    def total(self) -> UnitRow:
        name = self.place.title if self.place.unit else _("Whole province")
        return sheet.row_of(self.board, self.year.pk, self.place.unit_id, name, "", self.villages)

    @cached_property
    def rows(self) -> list[UnitRow]:
        """The units that have villages."""
        by_unit = (self._row(one) for one in self.place.units)
        return [row for row in by_unit if row.villages]

    def _row(self, unit) -> UnitRow:
        url = self.place.address(self.year.pk, unit.code)
        return sheet.row_of(self.board, self.year.pk, unit.unit_id, unit.name, url, self.villages)

    @property
    def _shown(self) -> set[int | None]:
        return {row.pk for row in self.rows}

    @cached_property
    def short(self) -> list[UnitRow]:
        return [row for row in self.rows if row.is_short]

    @cached_property
    def asked(self) -> Asked:
        default = SHORT if self.short and not self.place.unit else ALL
        return Asked.of(self.query, default=default)

    @cached_property
    def found(self) -> list:
        codes = {unit.unit_id: unit.code for unit in self.place.units}
        return listed.found(self.rows, codes, self.asked)

    @property
    def may_choose(self) -> bool:
        """The unit's own officer, while the year is open."""
        return bool(self.place.unit) and self.year.is_open and may(self.place.user, Permission.SUBMIT)

    @property
    def file_name(self) -> str:
        return f"thon-truong-{self.year.pk}"

    def workbook(self) -> ListSheet:
        title = _("Village heads who are no members, %(place)s, %(year)s") % {
            "place": self.place.title,
            "year": self.year.pk,
        }
        subtitle = " ".join(filter(None, (words.rule(self.total), self._merger_note)))
        return listed.workbook(title, self.found, subtitle)

    @property
    def _merger_note(self) -> str:
        return note(self.place.past.mergers_until(self.year.pk))

    def context(self) -> dict:
        page = numbered(self.found, self.query.get("page"), PAGE)
        return self.place.head() | {
            "now": timezone.now(),
            "total": self.total,
            "rows": self.rows,
            "short": self.short,
            "short_sum": sum(row.figure.short or 0 for row in self.short),
            "over": sheet.over(self.total.figure.aim),
            "sign": self.total.figure.aim.goal(),
            "arithmetic": sheet.arithmetic(self.total.figure),
            "title": words.title(self.total),
            "subtitle": words.subtitle(self.total),
            "done": (done := sheet.Done(self.total)),
            "chosen_words": words.chosen(done),
            "done_words": words.when_done(done),
            "left_out": words.left_out(done),
            "merger_note": self._merger_note,
            "beside": words.beside(self.board.figure(HEADS.code, self.year.pk)) if self.place.unit else "",
            "export_label": words.export_label(page.count),
            "asked": self.asked,
            "unit_choices": [(one.code, one.name) for one in self.place.units if one.unit_id in self._shown],
            "part_choices": listed.PART_WORDS.items(),
            "page": page,
            "groups": listed.grouped(page.rows, page.start_index()),
            "all_count": sum(len(row.listed) for row in self.rows),
            "knows_members": knows_members(self.year),
            "may_export": may(self.place.user, Permission.EXPORT),
            "may_choose": self.may_choose,
        }
