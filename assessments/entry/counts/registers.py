"""Where the rows stand from which the registers tell a number."""

from django.urls import reverse
from django.utils.http import urlencode

from assessments.rules.models.counts import Register

OF_VILLAGES = (Register.HEADS_WHO_ARE_SECRETARIES, Register.HEADS_ADMITTED, Register.CELLS_FOUNDED)


def register_url(register: str, year: int, place: int, name: str) -> str:
    """The villages of the organization `name` in a year, its decisions on discipline, or its own page."""
    if register in OF_VILLAGES:
        asked = urlencode({"year": f"{year}", "state": "all", "q": name})
        return f"{reverse('registers:village_list')}?{asked}"
    if register == Register.EXPULSIONS:
        return reverse("assessments:discipline", args=[year, "grassroots"])
    return reverse("registers:organization", args=[place])
