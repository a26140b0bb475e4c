from collections.abc import Iterator
from typing import NoReturn

from django.utils.translation import gettext as _

from assessments.figures import board, judge
from assessments.figures.document import answer
from assessments.figures.figure import Figure
from assessments.figures.words import missing
from assessments.rules.models.target_sets import TargetSet
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.years import find_year
from resolution03.lib.commands import HouseCommand, UsageError
from resolution03.lib.errors import NotPossible


class Command(HouseCommand):
    help = _("The targets, and where the province or one unit stands.")
    acts = False

    def add_arguments(self, parser):
        parser.add_argument("year", type=int, nargs="?")
        parser.add_argument("--unit", metavar="CODE", help=_("one unit's figures"))
        parser.add_argument("--set", metavar="CODE", dest="of", help=_("by the targets of another set"))
        parser.add_argument("--sets", action="store_true", help=_("name the sets of targets"))

    def handle(self, *, year, unit, of, sets, json, **options):
        if sets:
            return self._tell_sets(json)
        if year is None:
            raise UsageError(_("Usage: indicators YEAR [--unit CODE] [--set CODE], or indicators --sets"))
        try:
            found = find_year(year)
            unit_id, name = place(found, unit)
        except NotPossible as error:
            raise UsageError(str(error)) from error
        read = board.board([found])
        code = None if of is None else set_code(read, found, of)
        shown = read.figures(found.pk, unit_id) if code is None else read.of_set(found.pk, code, unit_id)
        document = answer(found, unit_id, name, shown) | ({} if code is None else {"set": code})
        if json:
            self.answer(document)
        else:
            self.stdout.write("\n".join(_lines(document, shown)))

    def _tell_sets(self, json: bool) -> None:
        found = [
            {"code": one.code, "name": one.name, "document": one.document} for one in TargetSet.objects.all()
        ]
        if json:
            self.answer({"sets": found})
        else:
            self.stdout.write("\n".join("\t".join(one.values()) for one in found))


def set_code(read: board.Board, year: RatingYear, typed: str) -> str:
    """The set asked for, as its code is written; a usage error for one that is unknown."""
    code = typed.strip().upper()
    try:
        return read.set_of(year.pk, code).code if code else _no_set(typed)
    except LookupError:
        return _no_set(typed)


def _no_set(typed: str) -> NoReturn:
    raise UsageError(_("“%(code)s” is no set of targets; `indicators --sets` names them.") % {"code": typed})


def _lines(document: dict, shown: list[Figure]) -> Iterator[str]:
    yield f"{document['unit']['name']}, {document['year']} ({document['as_of']})"
    for row, figure in zip(document["indicators"], shown, strict=True):
        share = f" ({row['percent']}%)" if row["percent"] else ""
        count = "/".join(str(row[key]) for key in ("numerator", "denominator") if row[key] is not None)
        flags = f"  [{', '.join(row['flags'])}]" if row["flags"] else ""
        yield f"{figure.code}: {count}{share}  {_verdict(figure)}{flags}"


def _verdict(figure: Figure) -> str:
    """`>= 50: not met, short by 1`."""
    if figure.standing == judge.Standing.NONE or figure.target is None:
        return "–"
    short = f", {missing(figure.aim, str(figure.short))}" if figure.short else ""
    return f"{figure.comparison} {figure.target.normalize():f}: {figure.standing.words}{short}"


def place(year: RatingYear, code: str | None) -> tuple[int | None, dict]:
    """The unit asked for (None: the province) with its code and name of that year."""
    if code is None or (year.province and code == year.province.code):
        province = year.province
        return None, {"code": province.code if province else "", "name": year.province_name}
    unit = Submission.objects.filter(year=year, code=code).first()
    if unit is None:
        raise NotPossible(_("“%(code)s” is no unit of %(year)s.") % {"code": code, "year": year.pk})
    return unit.unit_id, {"code": unit.code, "name": unit.name}
