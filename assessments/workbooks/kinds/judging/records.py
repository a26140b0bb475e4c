"""Whose record a row of a load means: its name and place as they stood before the load."""

from collections.abc import Callable
from typing import NamedTuple

from assessments.workbooks.kinds.judging.registers import Registers
from resolution03.lib.workbooks.table import Row

BETWEEN = " · "


class Record(NamedTuple):
    """The stored name under a row's code, and where that stands: cell and commune of a member,
    committee of a cell or village. Both empty where nothing is stored."""

    name: str = ""
    place: str = ""


NONE = Record()


class Records:
    """The records that a load has read anyway; asking for one costs no statement."""

    def __init__(self, registers: Registers):
        self.registers = registers
        self.organizations = registers.organizations.stored
        self._places: dict[str | None, str] = {}
        self._in: dict[str, Callable[[Row], Record]] = {
            "organizations": self._organization,
            "members": self._member,
            "villages": self._village,
        }

    def in_register(self, register: str, row: Row) -> Record:
        """The record under the code of a row that is not at fault."""
        return self._in[register](row)

    def _organization(self, row: Row) -> Record:
        found = self.organizations.get(row.code)
        return Record(found["name"], self._name(found["parent"])) if found else NONE

    def _member(self, row: Row) -> Record:
        found = self.registers.members.stored.get(row.code)
        return Record(found["full_name"], self._cell(found["cell"])) if found else NONE

    def _village(self, row: Row) -> Record:
        found = self.registers.villages.stored.get(row.code)
        if not found:
            return NONE
        return Record(found["name"], _joined(self._name(found["cell"]), self._name(found["committee"])))

    def of_head(self, row: Row) -> Record:
        """The member whose code the row gives, else the head of that term."""
        village = self.registers.villages.stored.get(row.code)
        member = self.registers.members.stored.get(row.text("member") or "")
        head = self.registers.heads.stored_of(row)
        found = member or head
        place = _joined(village["name"], self._name(village["committee"])) if village else ""
        return Record(found["full_name"] if found else "", place)

    def _name(self, code: str | None) -> str:
        found = self.organizations.get(code or "")
        return found["name"] if found else ""

    def _cell(self, code: str | None) -> str:
        if code not in self._places:
            found = self.organizations.get(code or "")
            above = self._name(found["parent"]) if found else ""
            self._places[code] = _joined(self._name(code), above)
        return self._places[code]


def _joined(*names: str) -> str:
    return BETWEEN.join(filter(None, names))
