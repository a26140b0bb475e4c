"""What is kept of the rows of a table that an act or a load writes, so that it can be taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Table:
    """A table that acts or loads write. `columns`: what is kept of a row; `owner`: by which attributes a
    new row is known as the load's; `of`: the table whose rows own it; `only`: which rows count.

    `code`: the attribute by which a row is told; `path`: that of where it lies, "" for what the
    trail does not tell by itself; `year`, `unit`: of rows that stand for a year, with which they
    are locked and closed; `is_of_all`: of rows that lie nowhere and are told by themselves, the
    rules; `sole`: of rows that a load may also take away, the attributes by which
    there is only one; `is_counted`: figures are counted again; `named`: the model whose name its
    rows bear.
    """

    model: type[Model]
    columns: tuple[str, ...]
    owner: tuple[str, ...]
    of: type[Model] | None = None
    only: Mapping[str, object] = field(default_factory=dict)
    code: str = ""
    path: str = ""
    year: str = ""
    unit: str = ""
    sole: tuple[str, ...] = ()
    is_counted: bool = False
    named: type[Model] | None = None
    is_of_all: bool = False

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def is_register(self) -> bool:
        """Whether its rows are of a register or of the rules: told by themselves, in every year."""
        return self.is_told and not self.year

    @property
    def is_told(self) -> bool:
        """Whether the trail tells its rows one by one."""
        return bool(self.path) or self.is_of_all

    @property
    def words(self) -> str:
        """What its rows are called."""
        return str((self.named or self.model)._meta.verbose_name)

    def whole(self) -> Self:
        """With every column that does not follow from others (they are not editable) nor from when it is
        written: what is kept of an act."""
        fields = (field for field in self.model._meta.concrete_fields if not field.primary_key)
        kept = (field for field in fields if field.editable or getattr(field, "auto_now_add", False))
        return replace(self, columns=tuple(field.attname for field in kept))
