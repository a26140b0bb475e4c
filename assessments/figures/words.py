"""How the pages say a figure: its target, its value, how far it is from the target."""

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.figures.figure import Figure
from assessments.figures.judge import Aim
from assessments.rules.arithmetic import AT_MOST
from resolution03.lib.figures import number, percent, percentage, plain

_COUNTED = {
    "organization": lambda n: ngettext("%(n)s organization", "%(n)s organizations", n),
    "member": lambda n: ngettext("%(n)s member", "%(n)s members", n),
    "village": lambda n: ngettext("%(n)s village", "%(n)s villages", n),
    "person": lambda n: ngettext("%(n)s person", "%(n)s persons", n),
    "unit": lambda n: ngettext("%(n)s unit", "%(n)s units", n),
}


_NOT_MAPPED: dict[bool, Callable[[int], str]] = {
    False: lambda n: ngettext("%(n)s body does not map", "%(n)s bodies do not map", n) % {"n": number(n)},
    True: lambda n: ngettext("%(n)s village does not map", "%(n)s villages do not map", n) % {"n": number(n)},
}
"""By whether villages are counted."""


def counted(noun: str, amount: int) -> str:
    """`1 organization`, `64 organizations`; a noun that the Board wrote stands as it is."""
    if noun not in _COUNTED:
        return f"{number(amount)} {noun}".rstrip()
    return _COUNTED[noun](amount) % {"n": number(amount)}


def rule_sign(figure: Figure) -> str:
    """The target with its sign: `≥ 50%`, `> 5.000`, `= 0`; empty without a target."""
    return figure.aim.goal("%" if figure.denominator is not None else "")


def quota_share(figure: Figure) -> Decimal | None:
    """What is reached of the quota, in percent of it; None where nothing is known or assigned."""
    return None if figure.numerator is None else percent(figure.numerator, _assigned(figure))


def quota_fraction(figure: Figure) -> str:
    """`33/40`: reached, and assigned."""
    return f"{number(figure.numerator)}/{number(_assigned(figure))}"


def of_quota(figure: Figure) -> str:
    """`33/40, 82,50% of the quota`; empty where nothing is assigned."""
    if not figure.is_quota or figure.target is None or figure.numerator is None:
        return ""
    told = {"fraction": quota_fraction(figure), "share": percentage(quota_share(figure))}
    return _("%(fraction)s, %(share)s of the quota") % told


def _assigned(figure: Figure) -> int | None:
    """A quota as a whole number of what is counted; of a share as many as it asks of its base."""
    if figure.target is None:
        return None
    return int(figure.target) if figure.denominator is None else figure.needed


def partly(figure: Figure) -> str:
    """That a sum lacks what some units did not give, and how many gave; or how many bodies of an old list do
    not map. Empty where all is there."""
    if figure.unmapped:
        return _NOT_MAPPED[figure.indicator.is_of_villages](figure.unmapped)
    if not figure.is_partial or figure.given is None:
        return ""
    return incomplete(*figure.given, givers=figure.indicator.counted.givers)


def partly_in_brief(figure: Figure) -> str:
    """The same in a cell of a table, of what organizations or cells give: `58/60 gave it`."""
    is_of_units = figure.unmapped or figure.indicator.counted.givers == "unit"
    if is_of_units or not figure.is_partial or figure.given is None:
        return partly(figure)
    given, of = figure.given
    return _("%(given)s/%(of)s gave it") % {"given": number(given), "of": number(of)}


_INCOMPLETE = {
    "unit": lambda: _("incomplete sum: %(given)s of %(of)s units gave it"),
    "organization": lambda: _("incomplete sum: %(given)s of %(of)s organizations gave it"),
    "cell": lambda: _("incomplete sum: %(given)s of %(of)s cells gave it"),
}


def incomplete(given: int, of: int, givers: str = "unit") -> str:
    """That a sum is of `given` units (or other `givers`) of `of`; empty where it is of all."""
    if given == of:
        return ""
    return _INCOMPLETE[givers]() % {"given": number(given), "of": number(of)}


def fraction(numerator: int | None, denominator: int | None) -> str:
    """`329 / 659`."""
    return f"{number(numerator)} / {number(denominator)}"


def value(figure) -> str:
    """The figure itself: a percentage, an average, or the count; `–` where nothing is known."""
    if getattr(figure, "unmapped", 0):
        return _("cannot be compared")
    if figure.numerator is None:
        return "–"
    average = getattr(figure, "average", None)
    if average is not None:
        return plain(average)
    return number(figure.numerator) if figure.denominator is None else percentage(figure.percent)


def missing(aim: Aim, amount: str) -> str:
    """What is said of a target that is not met, never as an arrow: `short by 3`; `1 left` where none
    should be; `over by 2` above another limit."""
    if aim.allows_none:
        return _("%(n)s left") % {"n": amount}
    if aim.comparison == AT_MOST:
        return _("over by %(count)s") % {"count": amount}
    return _("short by %(amount)s") % {"amount": amount}


def lacking(figure: Figure) -> str:
    """`missing` in figures alone, for a table whose head says of what; empty where nothing is."""
    return missing(figure.aim, number(figure.short)) if figure.short else ""


def gap(figure: Figure) -> str:
    """How far from the target, in whole units: `short by 1 organization`."""
    noun = figure.indicator.words.noun
    if figure.met is None or figure.numerator is None:
        return ""
    if figure.short:
        amount = number(figure.short) if figure.aim.allows_none else counted(noun, figure.short)
        return missing(figure.aim, amount)
    if figure.comparison == AT_MOST:
        return ""
    over = figure.numerator - (figure.needed or 0)
    return _("%(amount)s to spare") % {"amount": counted(noun, over)}
