"""In which report form a count stands (ADR 36): the one that the Board named, else by what it counts."""

from assessments.rules.count_rule import CountRule

VILLAGES, MOVEMENTS, TASKS, INSPECTION = "04", "05", "08", "09"
FORMS = (VILLAGES, MOVEMENTS, TASKS, INSPECTION)
"""The forms that show counts."""
OF_INSPECTION = ("checks_", "inspections_", "supervisions_", "checkers_", "expulsions")
"""How the codes of counts on inspection and discipline begin (the resolution's II.6)."""


def form_of(rule: CountRule) -> str:
    """The number of the form in which a count stands."""
    return rule.form or (INSPECTION if rule.code.startswith(OF_INSPECTION) else TASKS)


def is_in_form(rule: CountRule, form: str) -> bool:
    """Whether a form shows a count; what part II asks for stands in form 08 beside form 04 too."""
    own = form_of(rule)
    return own == form or (form == TASKS and own == VILLAGES and rule.clause.startswith("II."))
