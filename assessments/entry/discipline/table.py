"""The table of counts of discipline: which counts it has, and under which heads."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _t

from assessments.entry.counting.table import CountTable
from assessments.roster.models.discipline import CELLS, FORMS_OF, MOST, Disciplined

HEADS = {
    Disciplined.ORGANIZATION: _t("The organization itself"),
    Disciplined.MEMBER: _t("Members of the organization"),
    Disciplined.COMMITTEE: _t("Of them members of the committee"),
}
COLUMNS = [(HEADS[of], len(forms), [form.label for form in forms]) for of, forms in FORMS_OF.items()]
TABLE = CountTable(
    {key: format_lazy("{}: {}", of.label, form.label) for key, (of, form) in CELLS.items()}, MOST
)
"""Labels such as "members of the organization: reprimand"."""
