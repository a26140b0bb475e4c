"""Into what the bodies of a load went at their end (INTERFACE, reading 10): `Nhập vào` of organizations and
of villages. Kept as it is told; it moves nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from orgs import rules
from orgs.loading.scope import unknown
from resolution03.lib.workbooks.changes import UNCHANGED
from resolution03.lib.workbooks.table import Row

INTO = "merged_into"


@dataclass(frozen=True, slots=True)
class Lineage:
    """The rows of a load over what is stored, both by code. `end`: the column of the last or first day no
    longer counted; `knows`: whether a code is there."""

    rows: Mapping[str, Row]
    stored: Mapping[str, Mapping]
    end: str
    knows: Callable[[str], bool]

    def cleared(self, row: Row) -> dict[str, object]:
        """What goes on has gone into nothing: an end that is cleared clears that too."""
        kept = self.stored.get(row.code, {}).get(INTO)
        return {INTO: None} if kept and self._lasts(row.code) and not row.has(INTO) else {}

    def judge(self, row: Row) -> None:
        """Put a fault on a changed row that names what is not there, itself or what went into it, or that
        has no end."""
        into = row.text(INTO)
        if row.status == UNCHANGED or not into:
            return
        if INTO in row.changes and not self.knows(into):
            row.blame("unknown_code", INTO, unknown(into, self.knows))
        if self._lasts(row.code):
            words = _("it has not ended; fill in “%(column)s” too")
            row.blame("inconsistent", INTO, words % {"column": row.kind.heading(self.end)})
        elif into == row.code:
            row.blame("inconsistent", INTO, _("nothing goes into itself"))
        elif rules.closes_loop(row.code, self._chain(into)):
            words = _("%(code)s itself went into this one, directly or by way of others")
            row.blame("inconsistent", INTO, words % {"code": into})

    def _lasts(self, code: str) -> bool:
        row = self.rows.get(code)
        if row and row.has(self.end):
            return row.day(self.end) is None
        return self.stored.get(code, {}).get(self.end) is None

    def _chain(self, code: str) -> list[str]:
        """The code and those into which it went, one after another."""
        found: list[str] = []
        into: str | None = code
        while into and into not in found:
            found.append(into)
            into = self._into(into)
        return found

    def _into(self, code: str) -> str | None:
        row = self.rows.get(code)
        if row and row.has(INTO):
            return row.text(INTO)
        return None if self._lasts(code) else self.stored.get(code, {}).get(INTO)
