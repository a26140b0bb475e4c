"""How the pages say a figure: its target, its value, how far it is from the target."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.figures.figure import Figure
from resolution03.lib.figures import number, percentage

_COUNTED = {
    "organization": lambda n: ngettext("%(n)s organization", "%(n)s organizations", n),
    "member": lambda n: ngettext("%(n)s member", "%(n)s members", n),
    "village": lambda n: ngettext("%(n)s village", "%(n)s villages", n),
    "person": lambda n: ngettext("%(n)s person", "%(n)s persons", n),
    "unit": lambda n: ngettext("%(n)s unit", "%(n)s units", n),
}


def counted(noun: str, amount: int) -> str:
    """`1 organization`, `64 organizations`."""
    return _COUNTED[noun](amount) % {"n": number(amount)}


def rule_sign(figure: Figure) -> str:
    """The target with its sign: `≥ 50%`, `> 5.000`, `= 0`; empty without a target."""
    return figure.aim.goal("%" if figure.denominator is not None else "")


def partly(figure: Figure) -> str:
    """That a sum lacks what some units did not give, and how many gave; empty where all did."""
    if not figure.is_partial or figure.given is None:
        return ""
    given, of = figure.given
    return _("incomplete sum: %(given)s of %(of)s units gave it") % {
        "given": number(given),
        "of": number(of),
    }


def fraction(numerator: int | None, denominator: int | None) -> str:
    """`329 / 659`."""
    return f"{number(numerator)} / {number(denominator)}"


def value(figure) -> str:
    """The figure itself: a percentage, or the count; `–` where nothing is known."""
    if figure.numerator is None:
        return "–"
    return number(figure.numerator) if figure.denominator is None else percentage(figure.percent)


def gap(figure: Figure) -> str:
    """How far from the target, in whole units: `short by 1 organization`."""
    noun = figure.indicator.words.noun
    if figure.met is None or figure.numerator is None:
        return ""
    if figure.comparison == "<=":
        return _("%(n)s left") % {"n": number(figure.numerator)} if figure.short else ""
    if not figure.met:
        return _("short by %(amount)s") % {"amount": counted(noun, figure.short or 0)}
    over = figure.numerator - (figure.needed or 0)
    return _("%(amount)s to spare") % {"amount": counted(noun, over)}
