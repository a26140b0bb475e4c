import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution03.lib.encodings import Encoding, decode, detect
from resolution03.lib.old_alphabets import TCVN3 as UNICODE_OF

TCVN3, VNI = Encoding.TCVN3, Encoding.VNI
UNICODE = ["Đảng bộ xã Ia Chim", "Hà Văn Tú", "Họ và tên", "Ngày sinh", "Tổ dân phố 1"]
IN_TCVN3 = ["Thµnh phè Kon Tum", "Hä vµ tªn", "Ngµy sinh", "Chi bé th«n §¨k R¬ W¸", "Xª §¨ng"]
IN_VNI = ["Thaønh phoá Kon Tum", "Hoï vaø teân", "Ngaøy sinh", "Chi boä thoân Ñaêk Rô Waù"]
LETTERS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("Thµnh phè Kon Tum", "Thành phố Kon Tum"),
        ("Xª §¨ng", "Xê Đăng"),
        ("Lª V¨n Th­ëng", "Lê Văn Thưởng"),
        ("§¶ng uû ph­êng Lª Lîi", "Đảng uỷ phường Lê Lợi"),
        ("TR¦êNG CHÝNH TRÞ", "TRƯỜNG CHÍNH TRỊ"),
        ("§¶NG Bé TØNH", "ĐẢNG BỘ TỈNH"),
        ("T¹ V¡N HßA", "TẠ VĂN HÒA"),
        ("H¹ Vò", "Hạ Vũ"),
        ("A Pít, HTXSNV", "A Pớt, HTXSNV"),
        ("UBND x· ¸NH", "UBND xã ÁNH"),
    ],
)
def test_tcvn3(typed, meant):
    assert decode(typed, TCVN3) == meant


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("Thaønh phoá Kon Tum", "Thành phố Kon Tum"),
        ("Ñaûng uûy phöôøng Leâ Lôïi", "Đảng ủy phường Lê Lợi"),
        ("TRÖÔØNG CHÍNH TRÒ", "TRƯỜNG CHÍNH TRỊ"),
        ("Nguyeãn Thò Myõ Lyù", "Nguyễn Thị Mỹ Lý"),
        ("kyû luaät, nghæ, lónh", "kỷ luật, nghỉ, lĩnh"),
        ("Aân, EÂ Ban, AÙnh, Ia Ñaêk", "Ân, Ê Ban, Ánh, Ia Đăk"),
    ],
)
def test_vni(typed, meant):
    assert decode(typed, VNI) == meant


def test_tcvn3_is_told_by_its_letters_or_its_font():
    assert detect(IN_TCVN3, ["Times New Roman"]) is TCVN3
    assert detect(IN_TCVN3, [".VnTime"]) is TCVN3
    assert detect(["Thµnh"], [".VnTimeH", "Arial"]) is TCVN3
    assert detect(["Thµnh", "5 µg"], []) is None


def test_vni_is_told_by_its_font_alone():
    assert detect(IN_VNI, ["VNI-Times"]) is VNI
    assert detect(IN_VNI, ["Times New Roman"]) is None


@pytest.mark.parametrize("fonts", [[], [".VnTime"], ["VNI-Times"]])
def test_unicode_stays_whatever_font_a_cell_was_given(fonts):
    assert detect(UNICODE, fonts) is None
    assert detect(["A Pot", "2018", ""], fonts) is None
    assert detect(["Müller", "café", "10 m²", "· Xã", "©"], fonts) is None


@pytest.mark.parametrize("encoding", Encoding)
@pytest.mark.parametrize("text", ["Đảng bộ xã", "Hà Văn Tú", "Họ và tên", "Kon Tum 2018", ""])
def test_unicode_text_is_left_as_it_is(text, encoding):
    assert decode(text, encoding) == text


@given(st.text(alphabet=LETTERS + "bcdghklmnpqrstvx ", max_size=40))
def test_what_was_typed_in_tcvn3_comes_back(text):
    typed = text.translate({ord(letter): byte for byte, letter in UNICODE_OF.items()})
    assert decode(typed, TCVN3) == text


@given(st.text(max_size=40), st.sampled_from(Encoding))
def test_any_text_is_decoded_once_and_composed(text, encoding):
    found = decode(text, encoding)
    assert found == text or len(found) <= 2 * len(text)
    if encoding is VNI and found != text:
        assert unicodedata.is_normalized("NFC", found)
    assert detect([text], [".VnTime", "VNI-Times"]) in (None, *Encoding)
