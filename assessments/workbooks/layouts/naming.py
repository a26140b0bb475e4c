"""Names that stand for codes in a mapped sheet: resolved where they match exactly, else asked.

A name that is the only one of its kind in the unit still has to agree with all that the sheet says
of it: the group row and the columns above it, the cell, the birth. What does not agree is asked.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _

from assessments.workbooks.kinds.listed import kind_of
from assessments.workbooks.kinds.roles import ABOVE, ABOVES, BORN, GROUPS, HIGHER
from assessments.workbooks.layouts.agreeing import Agreement
from assessments.workbooks.layouts.directory import Directory, Entry, Register
from assessments.workbooks.layouts.placing import Place, Places, answer_key
from assessments.workbooks.layouts.rosters import Rosters
from assessments.workbooks.layouts.spelling import chain
from resolution03.lib.dates import Precision
from resolution03.lib.text import match_key
from resolution03.lib.workbooks.faults import UNDECIDED
from resolution03.lib.workbooks.kinds import BY_NAME
from resolution03.lib.workbooks.table import Row, Table

MOST_ASKED = 300
ROWS_TOLD, NAMED_TOLD = 5, 8
LEFT_OUT, NEW, ANYWHERE = "", "+", "*"
ADDED = "added@name"
"""Under this key a row knows that its user said it is of somebody new."""
ABOVE_KEY = "above"
"""In an answer's column (`kind.key`): the name of what the rows stand under."""
_ORDER = ("parent", "committee", "cell", "member", "village", "code")
"""What a row lies in is resolved before what lies in it."""


@dataclass(slots=True)
class OpenName:
    """A text that its user must say the meaning of; `rows`: the first rows with it; `place`: the
    sheet and row, where each row is asked about by itself; `named`: the codes of those that bear
    the name; `why`: why none of them is taken."""

    column: str
    heading: str
    text: str
    above: str
    may_be_new: bool = False
    rows: list[int] = field(default_factory=list)
    count: int = 0
    place: str = ""
    named: list[str] = field(default_factory=list)
    why: str = ""

    @property
    def key(self) -> str:
        return answer_key(self.text, self.above) + self.place


def register_of(column: str) -> str:
    """The register in which the names of a column (`kind.key`) are looked up."""
    kind, _dot, key = column.partition(".")
    return kind_of(kind).mapped.register_of(key)


def resolve_names(tables: Iterable[Table], unit: str | None) -> None:
    """Put the code where a name stands for it. Rows with a name that is not exactly one inside the
    unit, or does not agree with what stands around it, are undecided until the user has answered; the
    note of the table lists what is open."""
    tables = list(tables)
    named = {id(table): keys for table in tables if (keys := _names_for(table))}
    if not named:
        return
    directory = Directory(unit)
    rosters = Rosters(directory)
    for table in tables:
        register = kind_of(table.kind.name).fills
        if register and table.kind.code_key not in named.get(id(table), ()):
            getattr(directory, register).add(_given(table))
    for table in tables:
        keys = named.get(id(table), [])
        for key in sorted(keys, key=_ORDER.index):
            _Column(table, key, directory, rosters).resolve()


def _names_for(table: Table) -> list[str]:
    """The keys of the codes for which a column of names stands."""
    roles = [column.key for column in table.kind.columns if column.key.endswith(BY_NAME)]
    return [role.removesuffix(BY_NAME) for role in roles if role not in ABOVES]


def _given(table: Table) -> list[Entry]:
    """What the rows of a register themselves name by a code: new ones may be meant too."""
    key = table.kind.name_key
    if key is None:
        return []
    return [Entry(row.code, name) for row in table.rows if row.code and (name := row.text(key))]


class _Column:
    """One column of names of a table."""

    def __init__(self, table: Table, key: str, directory: Directory, rosters: Rosters):
        self.table, self.key, self.kind = table, key, kind_of(table.kind.name)
        self.name = f"{table.kind.name}.{key}"
        self.register: Register = getattr(directory, register_of(self.name))
        self.directory = directory
        self.is_person = self.register is directory.members
        self.agreement = Agreement(self.kind, key, table.kind.heading(key), self.is_person, rosters)
        names = table.answers.get("names", {})
        self.answers = names.get(self.name, {})
        self.above = f"{table.kind.name}.{ABOVE_KEY}"
        self.places = Places(directory, self.register, self.kind, names.get(self.above, {}))
        self.open: dict[str, OpenName] = {}
        self.said = Counter(map(self._words, table.rows) if self.kind.mapped.once else ())

    def resolve(self) -> None:
        rows, self.table.rows = self.table.rows, []
        for row in rows:
            if self._resolve(row):
                self.table.rows.append(row)
            else:
                self.table.passed.append((row.number, str(row.given(self.key + BY_NAME))))
        asked = self.table.note.get("names", [])
        asked += [asdict(name) for name in self.open.values() if asdict(name) not in asked]
        if asked:
            self.table.note["names"] = asked[:MOST_ASKED]

    def _resolve(self, row: Row) -> bool:
        """False when the user left the rows with this name, or with this place, out."""
        text = row.text(self.key + BY_NAME)
        if text is None:
            return True
        places = self.places.of(row)
        if any(place.answer == LEFT_OUT for place in places):
            return False
        if unknown := [place for place in places if not place.codes and place.answer != ANYWHERE]:
            self._ask_place(row, unknown[0])
            return True
        return self._identify(row, text, [place for place in places if place.codes])

    def _identify(self, row: Row, text: str, places: list[Place]) -> bool:
        named = self._named(text)
        found = self.agreement.among(row, named, places)
        if len(found) == 1 and not self.answers:
            return self._take(row, found[0])
        asked = self._asked(row, text, places, named)
        answer = self.answers.get(asked.key)
        if answer == LEFT_OUT:
            return False
        if answer == NEW and asked.may_be_new:
            row.values |= {self.key: self.directory.next_code(row.text("cell") or ""), ADDED: True}
        elif answer in self.register.by_code:
            row.values[self.key] = answer
        elif len(found) == 1:
            self._take(row, found[0])
        elif not self._is_undone(row):
            self._ask(row, asked, len(found))
        return True

    def _take(self, row: Row, entry: Entry) -> bool:
        row.values[self.key] = entry.code
        self._keep_birth(row, entry)
        return True

    def _named(self, text: str) -> list[Entry]:
        """Who bears the name; of an organization also where what is above it stands behind it."""
        if self.is_person:
            return self.register.called(text)
        first, *around = chain(text) or (text,)
        found = self.register.called(text)
        if found or not around:
            return found
        above = self.places.meant_by(tuple(around))
        return [entry for entry in self.register.called(first) if entry.lies_in(above)]

    def _is_undone(self, row: Row) -> bool:
        """Whether the row's cell is asked about first: then it is too early to ask who is meant."""
        place = self.agreement.place_key
        return row.has(place + BY_NAME) and not row.given(place)

    def _keep_birth(self, row: Row, entry: Entry) -> None:
        """A year by which a member was found does not replace the day that is stored."""
        born = row.partial(BORN) if self.is_person else None
        if born and entry.born and born.precision != Precision.DAY == entry.born.precision:
            del row.values[BORN]

    def _words(self, row: Row) -> tuple:
        """All that the sheet says of whom a row of one year means."""
        told = (row.given(key) for key in ("year", ABOVE, HIGHER, GROUPS))
        return (match_key(str(row.given(self.key + BY_NAME) or "")), *told)

    def _asked(self, row: Row, text: str, places: list[Place], named: list[Entry]) -> OpenName:
        """The question about a name. Persons are asked row by row: two of one name in one cell are
        two rows; so are organizations that a list of one year names twice in the same words."""
        is_one_of_many = self.is_person or self.said[self._words(row)] > 1
        told = [str(row.given(key) or "") for key in (BORN, "cell")] if self.is_person else []
        told += [place.text for place in places]
        return OpenName(
            self.name,
            self.table.kind.heading(self.key),
            text,
            " · ".join(filter(None, told)),
            self.is_person and "cell" in self.table.kind.by_key,
            place=f"|{self.table.sheet}|{row.number}" if is_one_of_many else "",
            named=[entry.code for entry in named[:NAMED_TOLD]],
        )

    def _ask(self, row: Row, asked: OpenName, count: int) -> None:
        asked = self.open.setdefault(asked.key, asked)
        asked.count += 1
        asked.rows += [row.number][: ROWS_TOLD - len(asked.rows)]
        if count:
            told = _("%(count)s have this name: choose on the page which one is meant")
        elif asked.named:
            told = _("%(count)s have this name, but none agrees with %(given)s: choose on the page")
        else:
            told = _("none has exactly this name: choose on the page")
        asked.why = told % {"count": count or len(asked.named), "given": asked.above}
        row.blame(UNDECIDED, self.key, asked.why)

    def _ask_place(self, row: Row, place: Place) -> None:
        """Ask once what a group row or a column of superiors names, before its rows are."""
        kind = self.table.kind
        heading = kind.heading(ABOVE) if row.given(ABOVE) else str(_("Group row"))
        asked = OpenName(self.above, heading, place.text, place.outer)
        asked = self.open.setdefault(self.above + asked.key, asked)
        asked.count += 1
        asked.rows += [row.number][: ROWS_TOLD - len(asked.rows)]
        asked.why = _("no organization of your unit has exactly this name: choose on the page")
        told = _("“%(place)s” is not exactly one of your unit: choose on the page")
        row.blame(UNDECIDED, self.key, told % {"place": place.text})
