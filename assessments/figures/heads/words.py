"""The sentences of the page of the village heads."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.figures.heads.sheet import UnitRow, over
from resolution03.lib.figures import number


def title(row: UnitRow) -> str:
    """The finding: how many members short, how many heads are none, how many villages have a way."""
    told = ngettext(
        "%(n)s head is no member, %(ways)s with a way",
        "%(n)s heads are no members, %(ways)s with a way",
        row.others,
    ) % {"n": number(row.others), "ways": number(row.with_way)}
    return _("Village heads: %(finding)s") % {"finding": "; ".join(filter(None, (_standing(row), told)))}


def _standing(row: UnitRow) -> str:
    figure, aimed = row.figure, over(row.figure.aim)
    if figure.met is None:
        return ""
    if figure.met:
        return _("%(target)s is met, %(n)s to spare") % {"target": aimed, "n": number(row.spare)}
    short = figure.short or 0
    words = ngettext("%(n)s member short of %(target)s", "%(n)s members short of %(target)s", short)
    return words % {"n": number(short), "target": aimed}


def rule(row: UnitRow) -> str:
    """The target with its document, and what is counted."""
    figure = row.figure
    if not figure.aim.sign:
        return _("No target holds in %(year)s.") % {"year": figure.year}
    document = " · ".join(filter(None, (figure.document, figure.article)))
    told = _("Target: %(target)s of the villages with a head, by %(due)s (%(document)s).")
    due = figure.aim.due or figure.year
    return told % {"target": figure.aim.goal(), "due": due, "document": document or "–"}
