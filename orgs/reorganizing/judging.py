"""What is wrong with a row of a plan (INTERFACE, reading 11). Each fault: its code, its column, what would be
right."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from orgs import rules
from orgs.actions.former import last_change
from orgs.models import OF_UNITS, Level
from orgs.reorganizing.asked import Asked
from orgs.reorganizing.tree import Trees
from resolution03.lib.codes import fault_of_new

Fault = tuple[str, str, str]
"""Code, column, message."""


def faults(row: Asked, trees: Trees) -> Iterator[Fault]:
    """All faults of a row whose codes are known; the caller puts the first on it."""
    if trees.founds(row):
        yield from _founding(row, trees)
    if row.old == trees.root and row.ends:
        yield "inconsistent", "new", _("the provincial organization does not end")
    yield from (("inconsistent", "new", told) for told in _days(row, trees))
    yield from (("inconsistent", "parent", told) for told in _place(row, trees))
    yield from _level(row, trees)
    yield from (("inconsistent", "new", told) for told in _holding(row, trees))
    for column in trees.plan.contradicting(row):
        yield "inconsistent", column, _("another row says otherwise of the same new body")


def _founding(row: Asked, trees: Trees) -> Iterator[Fault]:
    if fault := fault_of_new(row.new):
        yield "bad_code", "new", fault
    said = trees.plan.described[row.new]
    for column in ("name", "parent", "form"):
        if not getattr(said, column):
            yield "required", column, _("a new body needs it")


def _days(row: Asked, trees: Trees) -> Iterator[str]:
    """The old body stands on the day, and so does the new one; nothing that the row changes was changed
    later already."""
    if not trees.exists(row.old, row.on):
        yield _not_there(row.old, row)
    if row.ends:
        yield from _successor(row, trees)
    else:
        stored = trees.stored[row.old]
        later = [day for day in _changed(row, trees, stored) if day and not rules.follows(row.on, day)]
        if later:
            yield _("before its latest change, of %(day)s") % {"day": f"{max(later):%d/%m/%Y}"}


def _successor(row: Asked, trees: Trees) -> Iterator[str]:
    if other := trees.plan.ending.get(row.new):
        words = _("%(code)s ends itself, by row %(number)s; name where everything is in the end")
        yield words % {"code": row.new, "number": other.number}
    elif trees.founds(row):
        first = min(one.on for one in trees.plan.about[row.new])
        if row.on != first:
            yield _("it is founded on %(day)s; all rows of a new body bear one day") % {
                "day": f"{first:%d/%m/%Y}"
            }
    elif not trees.exists(row.new, row.on) or trees.stored[row.new]["dissolved_on"]:
        yield _not_there(row.new, row)


def _not_there(code: str, row: Asked) -> str:
    return _("%(code)s does not exist on %(day)s, or ends later") % {
        "code": code,
        "day": f"{row.on:%d/%m/%Y}",
    }


def _changed(row: Asked, trees: Trees, stored: dict) -> Iterator:
    """The days of the latest changes of what the row changes."""
    if row.parent or row.level:
        yield stored["placed_from"]
    if row.name:
        yield trees.renamed.get(row.old)
    if row.form:
        yield last_change(stored["former_forms"], stored["form"])


def _place(row: Asked, trees: Trees) -> Iterator[str]:
    chain, is_whole = trees.chain_after(row.new)
    parent = trees.parent_after(row.new)
    if parent is None:
        return
    if not is_whole:
        yield _("this stands under the organization itself")
    elif parent in trees.plan.ending:
        yield _("%(code)s ends by this plan") % {"code": parent}
    elif row.parent and trees.is_cell_after(parent):
        yield _("this is a cell; nothing stands under a cell")
    elif row.parent and parent in trees.stored and not _outlasts(parent, row, trees):
        yield _not_there(parent, row)


def _outlasts(parent: str, row: Asked, trees: Trees) -> bool:
    """Whether a superior stands on the day and has no end."""
    return trees.exists(parent, row.on) and not trees.stored[parent]["dissolved_on"]


def _level(row: Asked, trees: Trees) -> Iterator[Fault]:
    """Of what stands under the province one of two is asked, below it follows."""
    parent, said = trees.parent_after(row.new), trees.plan.described[row.new]
    if parent is None or not trees.chain_after(row.new)[1]:
        return
    if parent == trees.root:
        is_there = row.new in trees.stored and trees.stored[row.new]["parent"] == trees.root
        if not said.level and said.parent and not is_there:
            yield "required", "level", _("what comes under the province is one of two: say which")
        fitting = dict(OF_UNITS)
    else:
        fitting = {trees.level_after(row.new): ""}
    if row.level and row.level not in fitting:
        words = _(" or ").join(str(Level(one).label) for one in fitting)
        yield "inconsistent", "level", _("by its place in the tree this is: %(level)s") % {"level": words}


def _holding(row: Asked, trees: Trees) -> Iterator[str]:
    """A cell goes into a cell, a committee into a committee, or either up into its superior."""
    if not row.ends or trees.ends_into_superior(row):
        return
    was_cell, is_cell = (
        not rules.may_have_children(trees.stored[row.old]["form"]),
        trees.is_cell_after(row.new),
    )
    if was_cell != is_cell and trees.form_after(row.new):
        yield _("a cell merges with another cell, a committee with another committee")
    if row.new in trees.goes_along(row):
        yield _("%(code)s stands under the body that ends: say under what it stands then") % {"code": row.new}
