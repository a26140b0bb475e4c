"""The kinds of workbooks that are taken, in the order in which they are offered and tried."""

from collections.abc import Iterator, Mapping

from django.db.models import Model

from assessments.registers.undoing.tables import Table
from assessments.workbooks.kinds.counts import YEARLY_COUNTS
from assessments.workbooks.kinds.declared import WorkbookKind
from assessments.workbooks.kinds.members import MEMBERS
from assessments.workbooks.kinds.organizations import ORGANIZATIONS
from assessments.workbooks.kinds.ratings import MEMBER_RATINGS, ORGANIZATION_RATINGS
from assessments.workbooks.kinds.reorganizations import REORGANIZATIONS
from assessments.workbooks.kinds.totals import REPORTED_TOTALS
from assessments.workbooks.kinds.villages import VILLAGE_HEADS, VILLAGES

KINDS: tuple[WorkbookKind, ...] = (
    ORGANIZATIONS,
    VILLAGES,
    VILLAGE_HEADS,
    MEMBERS,
    ORGANIZATION_RATINGS,
    MEMBER_RATINGS,
    REPORTED_TOTALS,
    YEARLY_COUNTS,
    REORGANIZATIONS,
)


def every() -> tuple[WorkbookKind, ...]:
    """All kinds."""
    return KINDS


def find(name: str | None) -> WorkbookKind | None:
    """The kind with this name; None for what is none, or no longer one."""
    return next((kind for kind in KINDS if kind.name == name), None)


def kind_of(name: str) -> WorkbookKind:
    """The kind with this name. Raises KeyError for what is none."""
    found = find(name)
    if found is None:
        raise KeyError(name)
    return found


def title_of(name: str) -> str:
    """What a kind is called; of one that is no longer taken, its name."""
    found = find(name)
    return str(found.title) if found else name


def written_tables() -> Mapping[type[Model], Table]:
    """All tables that loads write, in the order in which their rows refer to each other; last those
    of which nothing but the key is kept."""
    found = [table for kind in _by_reference() for table in kind.tables]
    return {table.model: table for table in sorted(found, key=lambda table: not table.columns)}


def _by_reference() -> Iterator[WorkbookKind]:
    left = list(KINDS)
    while left:
        waited_for = {kind: _models(kind) for kind in left}
        ready = next(
            kind
            for kind in left
            if not any(_refers(kind) & models for other, models in waited_for.items() if other is not kind)
        )
        left.remove(ready)
        yield ready


def _models(kind: WorkbookKind) -> set[type[Model]]:
    return {table.model for table in kind.tables if table.columns}


def _refers(kind: WorkbookKind) -> set[type[Model]]:
    """What the rows of a kind refer to outside of it."""
    fields = (field for model in _models(kind) for field in model._meta.concrete_fields)
    return {field.related_model for field in fields if field.related_model} - _models(kind)
