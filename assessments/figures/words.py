"""How the pages name the indicators: in full, in short, and what is counted."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t
from django.utils.translation import ngettext

from assessments.figures.board import Figure
from resolution03.lib.figures import number, percentage
from resolution03.lib.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Words:
    """`name` heads a row, `short` a column; `base` follows the target ("≥ 50% of …")."""

    name: Phrase
    short: Phrase
    base: Phrase
    noun: str


WORDS = {
    "grassroots_strong": Words(
        _t("Grassroots organizations, strong"),
        _t("Grassroots strong"),
        _t("of the grassroots organizations rated"),
        "organization",
    ),
    "grassroots_exemplary": Words(
        _t("Grassroots organizations, exemplary"),
        _t("Grassroots exemplary"),
        _t("of all grassroots organizations rated"),
        "organization",
    ),
    "affiliated_strong": Words(
        _t("Affiliated organizations, strong"),
        _t("Affiliated strong"),
        _t("of the affiliated organizations rated"),
        "organization",
    ),
    "members_well": Words(
        _t("Members performing their tasks well"),
        _t("Members, well or better"),
        _t("of the members rated"),
        "member",
    ),
    "village_heads_members": Words(
        _t("Village heads who are party members"),
        _t("Heads who are members"),
        _t("of the villages with a head"),
        "village",
    ),
    "admissions_term": Words(
        _t("Admissions of the term"),
        _t("Admissions of the term"),
        _t("persons"),
        "person",
    ),
    "villages_without_cell": Words(
        _t("Villages without a party organization"),
        _t("No organization"),
        _t("none to be blank again"),
        "village",
    ),
    "villages_without_member": Words(
        _t("Villages without a party member"),
        _t("No member"),
        _t("none to be blank again"),
        "village",
    ),
    "villages_blank_again_cell": Words(
        _t("Villages blank again of a party organization"),
        _t("Blank again, organization"),
        _t("that had one before"),
        "village",
    ),
    "villages_blank_again_member": Words(
        _t("Villages blank again of party members"),
        _t("Blank again, members"),
        _t("that had one before"),
        "village",
    ),
}

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
    if not figure.is_partial:
        return ""
    given, of = figure.given
    return _("incomplete sum: %(given)s of %(of)s units gave it") % {
        "given": number(given),
        "of": number(of),
    }


def fraction(numerator: int, denominator: int | None) -> str:
    """`329 / 659`."""
    return f"{number(numerator)} / {number(denominator)}"


def value(figure) -> str:
    """The figure itself: a percentage, or the count; `–` where nothing is known."""
    if figure.numerator is None:
        return "–"
    return number(figure.numerator) if figure.denominator is None else percentage(figure.percent)


def gap(figure: Figure) -> str:
    """How far from the target, in whole units: `short by 1 organization`."""
    noun = WORDS[figure.code].noun
    if figure.met is None:
        return ""
    if figure.comparison == "<=":
        return _("%(n)s left") % {"n": number(figure.numerator)} if figure.short else ""
    if not figure.met:
        return _("short by %(amount)s") % {"amount": counted(noun, figure.short)}
    over = figure.numerator - figure.needed
    return _("%(amount)s to spare") % {"amount": counted(noun, over)}
