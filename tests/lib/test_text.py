import unicodedata

import pytest

from resolution03.lib.text import clean, fold, name_sort_key, search_key


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Đảng bộ xã Hơ Moong", "dang bo xa ho moong"),
        ("  Chi  bộ\nthôn 7 ", "chi bo thon 7"),
        ("Ngọk Bay, Y Blŏ", "ngok bay, y blo"),
        ("\u00d0ăk Hà", "dak ha"),
        (unicodedata.normalize("NFD", "Đơn vị"), "don vi"),
    ],
)
def test_folding_loses_diacritics_case_and_spaces(typed, found):
    assert fold(typed) == found


def test_stored_text_keeps_its_diacritics():
    assert clean(unicodedata.normalize("NFD", " \u00d0ăk   Hà ")) == "Đăk Hà"


def test_search_key_joins_what_is_there():
    assert search_key("ST.X02", "", "Xã Mô Rai") == "st.x02 xa mo rai"


def test_persons_sort_by_given_name_in_the_vietnamese_alphabet():
    names = ["Lê Văn Đạt", "Trần Thị An", "Y Ân", "Phạm Ăng", "Nguyễn Duy", "Bùi An", "Bùi Bé"]
    assert sorted(names, key=name_sort_key) == [
        "Bùi An", "Trần Thị An", "Phạm Ăng", "Y Ân", "Bùi Bé", "Nguyễn Duy", "Lê Văn Đạt",
    ]


def test_tones_decide_between_equal_letters():
    assert sorted(["Lê Hạ", "Lê Hà", "Lê Ha", "Lê Há"], key=name_sort_key) == [
        "Lê Ha", "Lê Hà", "Lê Há", "Lê Hạ",
    ]
