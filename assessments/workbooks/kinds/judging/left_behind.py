"""What bodies that ended still hold after a load (INTERFACE, reading 10): told, never an error."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from members.loading.members import Members
from members.standing import MEMBERS
from orgs.loading.organizations import Organizations
from orgs.loading.villages import Villages
from orgs.standing import CHILDREN, COVERED, VILLAGES, Holding
from resolution03.lib.workbooks.changes import CREATED, UNCHANGED
from resolution03.lib.workbooks.table import Row

ENDS = "dissolved_on"


@dataclass(frozen=True, slots=True)
class Things:
    """Things of one sort in a load, over what is stored: `place` is the column of the body in which they
    stand; `latest`, `since`: where the key and the day of the latest stretch are stored; `life`: the columns
    of their own days. `last`: the days by which `life` ends count themselves."""

    holding: Holding
    rows: Mapping[str, Row]
    stored: Mapping[str, Mapping]
    place: str
    latest: str
    since: str
    starts: tuple[str, ...]
    ends: str
    last: timedelta = timedelta(0)

    def changed(self) -> Iterator[tuple[str, Row]]:
        return (
            (code, row) for code, row in self.rows.items() if row.fault is None and row.status != UNCHANGED
        )

    def body(self, code: str, row: Row) -> str:
        """In which body the thing stands at last; empty for none."""
        if row.status == CREATED or self.place in row.changes:
            return row.text(self.place) or ""
        return self.stored[code][self.place] or ""

    def moved_on(self, code: str, row: Row) -> date | None:
        """The day from which the load moves the thing; None for a new one and a correction."""
        day = row.day("applies_on")
        if row.status == CREATED or self.place not in row.changes or day == self.stored[code].get(self.since):
            return None
        return day

    def stands_from(self, code: str, row: Row) -> date | None:
        """The day from which the thing stands where the load puts it: a correction keeps the day of what it
        corrects."""
        if row.status == CREATED:
            return None
        return self.moved_on(code, row) or self.stored[code].get(self.since)

    def is_there(self, code: str, starts: date | None, ends: date | None, end: date) -> bool:
        """Whether a stretch of the thing lasts on `end`, the end of the body, or later."""
        first = max(filter(None, (self._day(code, key) for key in self.starts)), default=date.min)
        last = self._day(code, self.ends)
        until = date.max if last is None else last + self.last
        return max(first, starts or date.min, end) < min(until, ends or date.max) and first < until

    def _day(self, code: str, key: str) -> date | None:
        row = self.rows.get(code)
        if row and row.fault is None and row.has(key):
            return row.day(key)
        return self.stored[code][key] if code in self.stored else None

    def held(self, bodies: Mapping[str, date], pks: Sequence[int]) -> Iterator[tuple[str, str]]:
        """(body, thing): what of these the bodies hold then; read are the stretches in them."""
        changed = dict(self.changed())
        columns = ("pk", _code(self.holding.thing), _code(self.holding.body), "starts_on", "ends_on")
        for start in range(0, len(pks), 500):
            only = {f"{self.holding.body}__in": pks[start : start + 500]}
            rows = self.holding.model._default_manager.filter(**only).order_by()
            for pk, code, body, starts, ends in rows.values_list(*columns):
                row = changed.get(code)
                if row and self.place in row.changes and pk == self.stored[code][self.latest]:
                    ends = self.moved_on(code, row) or starts or date.min
                if self.is_there(code, starts, ends, bodies[body]):
                    yield body, code
        for code, row in changed.items():
            body = self.body(code, row)
            if (row.status == CREATED or self.place in row.changes) and body in bodies:
                if self.is_there(code, self.stands_from(code, row), None, bodies[body]):
                    yield body, code


def _code(name: str) -> str:
    return f"{name}__code"


def warn_left_behind(organizations: Organizations, villages: Villages, members: Members) -> None:
    """Warn at each `Ngày giải thể` of the load of what the organization still holds on that day or later;
    where it has ended before and is not among them, at the row that puts something into it."""
    sorts = _sorts(organizations, villages, members)
    ends = {
        code: day
        for code, row in organizations.rows.items()
        if row.fault is None and (day := row.day(ENDS)) and organizations.is_inside(code)
    }
    pks = [organizations.stored[code]["pk"] for code in ends if code in organizations.stored]
    held: dict[str, dict[Callable, set[str]]] = defaultdict(lambda: defaultdict(set))
    for things in sorts if ends else ():
        counted = VILLAGES.counted if things.holding is COVERED else things.holding.counted
        for body, code in things.held(ends, pks):
            held[body][counted].add(code)
    for body, found in held.items():
        told = ", ".join(counted(len(codes)) for counted, codes in found.items())
        words = _("on that day or later it still holds: %(things)s") % {"things": told}
        organizations.rows[body].warn("left_behind", ENDS, words)
    gone = {code: row[ENDS] for code, row in organizations.stored.items() if row[ENDS] and code not in ends}
    for things in sorts if gone else ():
        _warn_of_gone(things, gone)


def _warn_of_gone(things: Things, gone: Mapping[str, date]) -> None:
    for code, row in things.changed():
        body = things.body(code, row)
        if body in gone and things.is_there(code, things.stands_from(code, row), None, gone[body]):
            words = _("%(code)s ended on %(day)s; it would stand there after that")
            row.warn("left_behind", things.place, words % {"code": body, "day": f"{gone[body]:%d/%m/%Y}"})


def _sorts(organizations: Organizations, villages: Villages, members: Members) -> list[Things]:
    children = Things(
        CHILDREN,
        organizations.rows,
        organizations.stored,
        place="parent",
        latest="placement",
        since="placed_from",
        starts=("established_on",),
        ends=ENDS,
    )
    covered = [
        Things(
            holding,
            villages.rows,
            villages.stored,
            place=holding.body,
            latest="coverage",
            since="covered_from",
            starts=("starts_on",),
            ends="ends_on",
            last=timedelta(days=1),
        )
        for holding in (VILLAGES, COVERED)
    ]
    of_cells = Things(
        MEMBERS,
        members.rows,
        members.stored,
        place="cell",
        latest="membership",
        since="joined_cell",
        starts=("arrived_on", "admitted_on"),
        ends="left_on",
    )
    return [children, *covered, of_cells]
