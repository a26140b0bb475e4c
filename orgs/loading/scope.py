"""How far a load may reach: the whole province, one subtree, or what one user sees."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from resolution03.lib.codes import fault_of_new, lookalike
from resolution03.lib.workbooks.changes import CREATED
from resolution03.lib.workbooks.table import Row


@dataclass(frozen=True, slots=True)
class Scope:
    """`unit` is the code of the top of the subtree, None for everything. With `hides` what is
    outside does not exist for the loader (an officer's upload), else it is only refused."""

    unit: str | None = None
    hides: bool = False

    def contains(self, chain: list[str]) -> bool:
        """Whether an organization with this chain of codes, itself included, is inside."""
        return self.unit is None or self.unit in chain

    @property
    def outside_code(self) -> str:
        """The fault of a rating outside; a hidden subject is as unknown as one that is not there."""
        return "unknown_code" if self.hides else "outside_unit"

    @property
    def outside_message(self) -> str:
        if self.hides:
            return unknown()
        return _("not in %(unit)s, to which this load is limited") % {"unit": self.unit}


def unknown(code: str = "", knows: Callable[[str], bool] = lambda _code: False) -> str:
    """That there is no such code; with the letter in it that only looks like ours, and what was
    meant where the loader `knows` that."""
    return _("there is no such code, neither stored nor in these files") + lookalike(code, knows)


def judge_code(row: Row) -> None:
    """Refuse the code of a row that would create something, where it is none (lib.codes)."""
    if row.status == CREATED and row.code and (fault := fault_of_new(row.code)):
        row.blame("bad_code", row.kind.code_key, fault)
