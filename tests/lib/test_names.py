"""Whether the record of a code bears the name that was typed: one answer for pages and workbooks."""

import pytest

from resolution03.lib.workbooks.names import other_name

pytestmark = pytest.mark.once


def test_a_name_like_none_that_the_record_bears_is_told():
    for typed, borne, known, is_other in (
        ("Nguyễn Văn Hòa", ["Nguyễn Văn Hòa"], [], False),
        ("nguyễn văn  hoà", ["Nguyễn Văn Hòa"], [], False),
        ("Nguyễn Văn Hóa", ["Nguyễn Văn Hòa"], [], True),
        ("Xã Mới", ["Xã Cũ"], ["Xã Mới"], False),
        ("Xã Mới", ["Xã Cũ", "xã mới"], [], False),
        ("Xã Mới", [], [], False),
        ("Xã Mới", [""], [], False),
        ("", ["Xã Cũ"], [], False),
        (None, ["Xã Cũ"], [], False),
    ):
        told = other_name(typed, borne, lambda known=known: known)
        assert bool(told) is is_other, (typed, borne, known)
        assert not told or borne[0] in told
