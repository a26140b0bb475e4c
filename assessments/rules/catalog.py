"""Every rule of entry, declared once: what it asks, on what it rests, in which years (ADR 11).

Judged elsewhere, each naming its rule by the code: `ratings.py` (a change, a reading),
`exceptions.py` (a line, a group under a cap), `totals.py` (reported totals). A hard rule
refuses; a soft one asks for a short reason, and the Board may switch it off for a year.
"""

from django.utils.translation import gettext_lazy as _

from assessments.rules.default_words import cited
from assessments.rules.entry_rule import ALWAYS_SYSTEM, OFFICE, Basis, Code, LooksAt, Rule

_HARD = (
    Rule(
        Code.YEAR_CLOSED,
        LooksAt.CHANGE,
        _("Closed year"),
        _("A closed year is changed by a supplement only, or after the Board reopens it."),
        ALWAYS_SYSTEM,
    ),
    Rule(
        Code.LEFT_ROSTER,
        LooksAt.CHANGE,
        _("No longer in the roster"),
        _("Only who stands in the roster of 31 December is rated; an earlier rating is kept apart."),
    ),
    Rule(
        Code.SUBMITTED,
        LooksAt.CHANGE,
        _("Submitted to the Board"),
        _("The rows of a submitted or accepted unit are locked for it until the Board returns them."),
    ),
    Rule(
        Code.ACCEPTED,
        LooksAt.CHANGE,
        _("Accepted row"),
        _("A row that the Board has accepted is locked for the unit until the Board returns it."),
    ),
    Rule(
        Code.FOREIGN_LEVEL,
        LooksAt.CHANGE,
        _("Level of another scheme"),
        _("A rating uses the levels of its own year's scheme only."),
        (Basis(_("the document of the year's rating scheme")),),
    ),
    Rule(
        Code.EXEMPT_RATED,
        LooksAt.CHANGE,
        _("Exempt and rated"),
        _("A member exempt from party work and meetings is not rated."),
        (
            Basis(OFFICE, last_year=2017),
            Basis("HD 16-HD/BTCTW, 24/9/2018", 2018, 2018),
            Basis("HD 21-HD/BTCTW, 18/10/2019", 2019, 2022),
            Basis(OFFICE, 2023, 2024),
            Basis("QĐ 366-QĐ/TW, 30/8/2025", 2025),
        ),
    ),
    Rule(
        Code.TITLE_AS_LEVEL,
        LooksAt.CHANGE,
        _("Title where it is a level"),
        _(
            "Where the scheme has a level “exemplary” of its own, as until 2017, the level says it; the "
            "title is recorded where it has none."
        ),
        (Basis(_("the document of the year's rating scheme")),),
    ),
    Rule(
        Code.BESIDE_TOTAL,
        LooksAt.CHANGE,
        _("Level beside a reported total"),
        _("Where a reported total stands, a rating of a row below it would count twice."),
        ALWAYS_SYSTEM,
    ),
    Rule(
        Code.DRAFTS_ONLY,
        LooksAt.CHANGE,
        _("Draft of a clerk"),
        _("A clerk enters drafts; the decided level and its decision are entered by the unit."),
    ),
    Rule(
        Code.TEXT_TOO_LONG,
        LooksAt.CHANGE,
        _("Text too long"),
        _("A reason or a decision is written in few words: each field has its limit of characters."),
        ALWAYS_SYSTEM,
    ),
    Rule(
        Code.FUTURE_DATE,
        LooksAt.CHANGE,
        _("Decision date in the future"),
        _("A decision is entered after it was made."),
        ALWAYS_SYSTEM,
    ),
    Rule(
        Code.EXEMPLARY_NOT_STRONG,
        LooksAt.READING,
        _("Exemplary without strong"),
        _("A level that counts as exemplary counts as strong as well."),
        (Basis(cited(_("%(document)s, part I.2"))),),
    ),
    Rule(
        Code.BLANK,
        LooksAt.LINE,
        _("Neither a level nor a reason"),
        _("Every organization and every member that is not exempt has a level, or the reason why not."),
    ),
)
_SOFT = (
    Rule(
        Code.ABOVE_SELF,
        LooksAt.LINE,
        _("Decided above the self-rating"),
        _("A level above the one the organization or member gave itself is explained."),
        is_soft=True,
    ),
    Rule(
        Code.OVER_CAP,
        LooksAt.GROUP,
        _("Group over the cap"),
        _("As many rows as a group exceeds its cap by are explained; the allowance is rounded down."),
        (
            Basis(OFFICE, last_year=2018),
            Basis("HD 21-HD/BTCTW, 18/10/2019", 2019, 2022),
            Basis(_("Default, awaiting the Board's confirmation"), 2023, 2024),
            Basis("QĐ 366-QĐ/TW, 30/8/2025", 2025),
        ),
        is_soft=True,
    ),
    Rule(
        Code.RECENT_RATED,
        LooksAt.LINE,
        _("Rated within six months of the admission"),
        _(
            "Who was admitted less than six months before 31 December, that is after 30 June, is not "
            "rated; a level all the same is explained."
        ),
        (Basis("QĐ 366-QĐ/TW, 30/8/2025", 2025),),
        is_soft=True,
    ),
    Rule(
        Code.DISCIPLINE,
        LooksAt.LINE,
        _("High level beside discipline"),
        _(
            "Until 2024 an organization that counts as strong is explained when it, an organization below it "
            "or one of their members was disciplined in the year. From 2025 on one that counts as exemplary "
            "is, and of the members those of the committee count, where they were counted."
        ),
        (Basis(OFFICE, last_year=2024), Basis("QĐ 366-QĐ/TW, 30/8/2025", 2025)),
        is_soft=True,
    ),
    Rule(
        Code.JUMP,
        LooksAt.LINE,
        _("Two levels or more from last year"),
        _("Two levels or more up or down are explained; years with other levels are not compared."),
        is_soft=True,
    ),
    Rule(
        Code.TOTALS_SUM,
        LooksAt.TOTALS,
        _("Levels and total differ"),
        _("The numbers of all levels together are the total; what is missing is not rated."),
        is_soft=True,
    ),
    Rule(
        Code.TOTALS_ROSTER,
        LooksAt.TOTALS,
        _("Total and roster differ"),
        _("A reported total is the number in the roster of 31 December, where that is known."),
        is_soft=True,
    ),
    Rule(
        Code.TOTALS_BETWEEN,
        LooksAt.TOTALS,
        _("Totals contradict each other"),
        _(
            "Affiliated organizations stand below grassroots ones, and an organization has three "
            "members or more."
        ),
        (Basis(_("Party Charter, articles 21 and 24")),),
        is_soft=True,
    ),
)
RULES: dict[str, Rule] = {rule.code: rule for rule in (*_HARD, *_SOFT)}
SOFT_CODES = tuple(rule.code.value for rule in _SOFT)


def soft_codes(year: int) -> tuple[str, ...]:
    """The soft rules that hold in `year`, all switched on, in the order of the catalog."""
    return tuple(code for code in SOFT_CODES if RULES[code].basis(year))
