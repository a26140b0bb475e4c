"""What a column of an office's own sheet may be, beside the columns of the kinds themselves."""

from django.utils.translation import gettext_lazy as _

from resolution03.lib.workbooks.kinds import BY_NAME

ABOVE, HIGHER = "above@name", "higher@name"
ABOVES = (ABOVE, HIGHER)
GROUPS, TITLES = "groups@name", "titles@name"
"""Under these keys a row knows the groups in which it stands and the titles above its table."""
LEVEL_KEYS = {"self_rated", "decided", "level"}
"""The columns that name a level, in kinds whose rows do."""
ABOVE_LABEL = _("Name of the organization above (tells equal names apart)")
HIGHER_LABEL = _("Name of the organization above that one (tells equal names apart)")
ORGANIZATION = _("Name of the organization (for its code)")
PARENT = _("Name of the organization above (for its code)")
CELL = _("Name of the cell (for its code)")
COMMITTEE = _("Name of the commune committee (for its code)")
VILLAGE = _("Name of the village (for its code)")
PERSON = _("Full name (for the code)")
SEXES = {"sex@m": "Nam", "sex@f": "Nữ"}
SEX_LABELS = {
    "sex@m": _("Column “Nam”: x, or the year of birth"),
    "sex@f": _("Column “Nữ”: x, or the year of birth"),
}
BORN = "born_on"
BORN_PARTS = {
    "born_on@day": _("Day of the birth"),
    "born_on@month": _("Month of the birth"),
    "born_on@year": _("Year of the birth"),
}
BORN_LABEL = _("Birth, a day or a year (tells equal names apart)")


def key_of(role: str) -> str:
    return role.removesuffix(BY_NAME)
