"""The sentences of the page of the village heads."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.figures.figure import Figure
from assessments.figures.heads.sheet import Done, UnitRow, over
from assessments.figures.words import fraction
from resolution03.lib.figures import number, percentage


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


def subtitle(row: UnitRow) -> str:
    """What is counted: `756 villages on 31/12/2025 · 754 with a head, …`."""
    told = _(
        "%(villages)s villages on 31/12/%(year)s · %(posts)s with a head, "
        "%(have)s of them members = %(percent)s · %(vacant)s vacant"
    )
    return told % {
        "villages": number(row.villages),
        "year": row.figure.year,
        "posts": number(row.in_post),
        "have": number(row.figure.numerator),
        "percent": percentage(row.figure.percent),
        "vacant": number(row.vacant),
    }


def export_label(count: int) -> str:
    words = ngettext("Download Excel: %(n)s village", "Download Excel: %(n)s villages", count)
    return words % {"n": number(count)}


def beside(province: Figure) -> str:
    """The whole province, on a unit's page."""
    share = fraction(province.numerator, province.denominator)
    told = {"share": share, "percent": percentage(province.percent)}
    return _("whole province %(share)s = %(percent)s") % told


def chosen(done: Done) -> str:
    told = {"n": number(done.chosen), "of": number(done.of), "a": number(done.admit), "b": number(done.stand)}
    return _("%(n)s of %(of)s villages: A %(a)s, B %(b)s") % told


def when_done(done: Done) -> str:
    sums = f"{number(done.have)} + {number(done.chosen)} = {number(done.after)}"
    return _("%(sum)s of %(base)s") % {"sum": sums, "base": number(done.base)}


def left_out(done: Done) -> str:
    """What the addition does not count."""
    told = [_("An addition, no forecast: those who cease to be heads are not taken off.")]
    if done.vacant and done.needed_when_filled is not None:
        vacant = {
            "vacant": number(done.vacant),
            "n": number(done.needed_when_filled),
            "all": number(done.base + done.vacant),
        }
        told.append(
            _("The %(vacant)s vacant posts are not counted: with them filled, %(n)s of %(all)s are needed.")
            % vacant
        )
    return " ".join(told)


def group(row: UnitRow) -> str:
    """What is told beside a unit's name over its villages."""
    others = ngettext("%(n)s head is no member", "%(n)s heads are no members", row.others)
    told = [others % {"n": number(row.others)}]
    if row.vacant:
        told.append(_("%(n)s vacant") % {"n": number(row.vacant)})
    if row.is_short:
        told.append(_standing(row))
    return " · ".join(told)


def rule(row: UnitRow) -> str:
    """The target with its document, and what is counted."""
    figure = row.figure
    if not figure.aim.sign:
        return _("No target holds in %(year)s.") % {"year": figure.year}
    document = " · ".join(filter(None, (figure.document, figure.article)))
    told = _("Target: %(target)s of the villages with a head, by %(due)s (%(document)s).")
    due = figure.aim.due or figure.year
    return told % {"target": figure.aim.goal(), "due": due, "document": document or "–"}
