"""Names that stand for codes in a mapped sheet: resolved where they match exactly, else asked."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _

from assessments.layouts.directory import Directory, Entry, Register
from assessments.layouts.mapping import ABOVE, BY_NAME, GROUP, name_key
from resolution03.lib.dates import PartialDate, Precision
from resolution03.lib.text import match_key
from resolution03.lib.workbooks.tables import Row, Table

MOST_ASKED = 300
ROWS_TOLD = 5
LEFT_OUT, NEW = "", "+"
ADDED = "added@name"
"""Under this key a row knows that its user said it is of somebody new."""
_REGISTERS = {
    ("villages", "code"): "villages",
    ("village_heads", "village"): "villages",
    ("village_heads", "member"): "members",
    ("members", "code"): "members",
    ("member_ratings", "code"): "members",
}
_OWN = ("organizations", "villages", "members")
_NARROWED_BY = {"members": "cell", "villages": "committee", "organizations": "parent"}


@dataclass(slots=True)
class OpenName:
    """A text that its user must say the meaning of; `rows`: the first rows with it."""

    column: str
    heading: str
    text: str
    above: str
    may_be_new: bool = False
    rows: list[int] = field(default_factory=list)
    count: int = 0

    @property
    def key(self) -> str:
        return answer_key(self.text, self.above)


def answer_key(text: str, above: str) -> str:
    """Under which an answer is kept: once for all rows with this text in this place."""
    return f"{match_key(text)}|{match_key(above)}"


def register_of(column: str) -> str:
    """The register in which the names of a column (`kind.key`) are looked up."""
    kind, _dot, key = column.partition(".")
    return _REGISTERS.get((kind, key), "organizations")


def resolve_names(tables: Iterable[Table], unit: str | None) -> None:
    """Put the code where a name stands for it. A name that is not exactly one inside the unit is
    an error of its rows until the user has answered; the note of the table lists what is open."""
    tables = list(tables)
    named = {id(table): keys for table in tables if (keys := _names_for(table))}
    if not named:
        return
    directory = Directory(unit)
    for table in tables:
        if table.kind.name in _OWN and table.kind.code_key not in named.get(id(table), ()):
            getattr(directory, table.kind.name).add(_given(table))
    for table in tables:
        keys = named.get(id(table), ())
        for key in sorted(keys, key=lambda key: key == table.kind.code_key):
            _Column(table, key, directory).resolve()


def _names_for(table: Table) -> list[str]:
    """The keys of the codes for which a column of names stands."""
    roles = [column.key for column in table.kind.columns if column.key.endswith(BY_NAME)]
    return [role.removesuffix(BY_NAME) for role in roles if role != ABOVE]


def _given(table: Table) -> list[Entry]:
    """What the rows of a register themselves name by a code: new ones may be meant too."""
    key = name_key(table.kind)
    return [Entry(row.code, row.given(key)) for row in table.rows if row.code and row.given(key)]


class _Column:
    """One column of names of a table."""

    def __init__(self, table: Table, key: str, directory: Directory):
        self.table, self.key = table, key
        self.name = f"{table.kind.name}.{key}"
        self.register: Register = getattr(directory, register_of(self.name))
        self.directory = directory
        self.is_person = self.name == "members.code"
        self.answers = table.answers.get("names", {}).get(self.name, {})
        self.open: dict[str, OpenName] = {}

    def resolve(self) -> None:
        rows, self.table.rows = self.table.rows, []
        for row in rows:
            if self._resolve(row):
                self.table.rows.append(row)
            else:
                self.table.passed.append((row.number, str(row.given(self.key + BY_NAME))))
        if self.open:
            asked = [asdict(name) for name in self.open.values()]
            self.table.note.setdefault("names", []).extend(asked[:MOST_ASKED])

    def _resolve(self, row: Row) -> bool:
        """False when the user left the rows with this name out."""
        text = row.given(self.key + BY_NAME)
        if text is None:
            return True
        found = self._narrowed(row, self.register.by_name.get(match_key(text), []))
        above = row.given(ABOVE) or self._group(row)
        if above and (len(found) > 1 or row.given(ABOVE)):
            found = [entry for entry in found if match_key(above) in entry.above]
        above = self._of_person(row) if self.is_person else above
        answer = self.answers.get(answer_key(text, above))
        if len(found) == 1:
            row.values[self.key] = found[0].code
            self._keep_birth(row, found[0])
        elif answer in self.register.by_code:
            row.values[self.key] = answer
        elif answer == NEW and self.is_person:
            row.values |= {self.key: self.directory.next_code(row.given("cell", "")), ADDED: True}
        elif answer == LEFT_OUT:
            return False
        else:
            self._ask(row, text, above, len(found))
        return True

    def _keep_birth(self, row: Row, entry: Entry) -> None:
        """A year by which a member was found does not replace the day that is stored."""
        born = row.given("born_on") if self.is_person else None
        if born and entry.born and born.precision != Precision.DAY == entry.born.precision:
            del row.values["born_on"]

    def _of_person(self, row: Row) -> str:
        """What tells persons of one name apart: birth and cell."""
        told = (str(row.given(key) or "") for key in ("born_on", "cell"))
        return " · ".join(filter(None, told))

    def _group(self, row: Row) -> str:
        """The group row above, where it names what entries stand under."""
        group = row.given(GROUP, "")
        return group if match_key(group) in self.register.tops else ""

    def _narrowed(self, row: Row, found: list[Entry]) -> list[Entry]:
        """By the birth date and by the cell, committee or parent that the row gives; a member whose
        birth nobody stored is meant only in that cell."""
        if self.key != self.table.kind.code_key:
            return found
        born, place = row.given("born_on"), row.given(_NARROWED_BY.get(self.table.kind.name, ""))
        if born is not None:
            found = [
                entry for entry in found
                if (agree(entry.born, born) if entry.born else place in entry.above)
            ]
        if len(found) > 1 and place:
            found = [entry for entry in found if place in entry.above] or found
        return found

    def _ask(self, row: Row, text: str, above: str, count: int) -> None:
        asked = self.open.setdefault(answer_key(text, above), OpenName(
            self.name, self.table.kind.heading(self.key), text, above, self.is_person
        ))
        asked.count += 1
        asked.rows += [row.number][: ROWS_TOLD - len(asked.rows)]
        if count:
            told = _("%(count)s have this name: choose on the page which one is meant")
            row.blame("unknown_code", self.key, told % {"count": count})
        else:
            row.blame("unknown_code", self.key, _("none has exactly this name: choose on the page"))


def agree(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates may be the same day, as far as both are known."""
    if Precision.YEAR in (one.precision, other.precision):
        return one.day.year == other.day.year
    if Precision.MONTH in (one.precision, other.precision):
        return (one.day.year, one.day.month) == (other.day.year, other.day.month)
    return one.day == other.day
