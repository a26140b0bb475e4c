"""The letters of two old fonts in Unicode: TCVN3 (ABC) and VNI."""

import re

TCVN3_PAIRS = (
    "¸á µà ¶ả ·ã ¹ạ ¨ă ¾ắ »ằ ¼ẳ ½ẵ Æặ ©â Êấ Çầ Èẩ Éẫ Ëậ Ðé Ìè Îẻ Ïẽ Ñẹ ªê Õế Òề Óể Ôễ Öệ "
    "Ýí ×ì Øỉ Üĩ Þị ãó ßò áỏ âõ äọ «ô èố åồ æổ çỗ éộ ¬ơ íớ êờ ëở ìỡ îợ óú ïù ñủ òũ ôụ \u00adư "
    "øứ õừ öử ÷ữ ùự ýý úỳ ûỷ üỹ þỵ ®đ §Đ ¡Ă ¢Â £Ê ¤Ô ¥Ơ ¦Ư"
)
TCVN3 = {ord(pair[0]): pair[1] for pair in TCVN3_PAIRS.split(" ")}
ACUTE, GRAVE, HOOK, TILDE, DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_VNI_TONES = {"ù": ACUTE, "ø": GRAVE, "û": HOOK, "õ": TILDE, "ï": DOT}
_VNI_CIRCUMFLEX = {
    "â": _CIRCUMFLEX,
    **{
        letter: _CIRCUMFLEX + tone
        for letter, tone in zip("áàåãä", (ACUTE, GRAVE, HOOK, TILDE, DOT), strict=True)
    },
}
_VNI_BREVE = {
    "ê": _BREVE,
    **{letter: _BREVE + tone for letter, tone in zip("éèúüë", (ACUTE, GRAVE, HOOK, TILDE, DOT), strict=True)},
}
VNI_MARKS = {
    "a": _VNI_TONES | _VNI_CIRCUMFLEX | _VNI_BREVE,
    "e": _VNI_TONES | _VNI_CIRCUMFLEX,
    "o": _VNI_TONES | _VNI_CIRCUMFLEX,
    **dict.fromkeys("uyôö", _VNI_TONES),
}
VNI_LETTERS = {
    "ô": "o" + _HORN,
    "ö": "u" + _HORN,
    "ñ": "đ",
    "î": "y" + DOT,
    "æ": "i" + HOOK,
    "ó": "i" + TILDE,
    "ò": "i" + DOT,
}
VNI = re.compile(
    "|".join(f"{base}[{''.join(marks)}]" for base, marks in VNI_MARKS.items()) + f"|[{''.join(VNI_LETTERS)}]",
    re.IGNORECASE,
)
