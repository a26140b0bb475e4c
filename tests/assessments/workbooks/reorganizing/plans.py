"""Plans of a few rows, for the tests of reorganizations."""

from tests.workbooks import REORGANIZATIONS

DAY = "01/07/2025"
UNIT, GRASSROOTS, AFFILIATED = "Cấp trên trực tiếp cơ sở", "Tổ chức cơ sở đảng", "Trực thuộc đảng uỷ cơ sở"
COMMITTEE, CELL = "Đảng bộ", "Chi bộ"


def row(old, new, name=None, parent=None, level=None, form=None, *, on=DAY, decision="12-NQ", old_name=None):
    return [old, old_name, new, name, parent, level, form, on, decision]


def plan(*rows, **sheets):
    return {"sx": [REORGANIZATIONS, *rows], **sheets}


def new_unit(old, **more):
    """The old body goes into a new unit M."""
    return row(old, "M", "Đảng bộ xã M", "KT", UNIT, COMMITTEE, **more)


JULY = (new_unit("A.X1"), row("A.X2", "M"), row("A", "KT"))
"""Two communes of A become a unit, and A ends."""
