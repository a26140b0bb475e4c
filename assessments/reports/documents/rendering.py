"""Word templates checked and filled in a limited child process."""

from base64 import b64decode
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from resolution03.lib.children.process import MB, Child, ChildDied
from resolution03.lib.errors import Refusal

CHILD = Child(
    Path(__file__).with_name("child"), memory=700 * MB, cpu_seconds=30, seconds=60, sees_packages=True
)
SHOWN = 10
PROBLEMS = {
    "ole": _t("This is an old .doc or an encrypted file: save it as .docx, without a password."),
    "not_zip": _t("This is no .docx document, or only a part of one."),
    "encrypted": _t("The file is encrypted: save it without a password."),
    "no_document": _t("This is no .docx document: save it as “Word Document (*.docx)”."),
    "damaged": _t("The file is damaged: open it in Word and save it again."),
    "stored": _t("The file is over 10 MB."),
    "inflated": _t("The file unpacks to over 60 MB."),
    "active": _t("The file holds macros or embedded objects: take them out and save it as .docx."),
    "fetching": _t(
        "The file fetches something from another file or place: take out linked pictures, "
        "fields and the attached template."
    ),
    "entities": _t("The file declares XML entities; Word writes none."),
    "died": _t("The file takes too much memory or time."),
}
FAULTS = {
    "unknown": _t("There is no field “{{ %(found)s }}”"),
    "is_list": _t("“{{ %(found)s }}” is a list: write {%% for … in %(found)s %%}"),
    "is_group": _t("“{{ %(found)s }}” is a group; it has: %(nearest)s"),
    "no_list": _t("“%(found)s” is no list, one cannot go through it"),
    "not_understood": _t("“%(found)s” is not understood: only fields, for, if and comparisons are"),
    "syntax": _t("A command is not written right, or not closed: “%(found)s”"),
    "failed": _t("The template cannot be filled: %(found)s"),
}


class WrongTemplate(Refusal):
    """A template cannot be taken; the reasons say where and what would be right."""


def check(content: bytes, shape: dict) -> None:
    """Try a template with made-up words; WrongTemplate with every fault."""
    _ask(content, {"shape": shape, "stamp": "2016-08-08T00:00:00Z"})


def fill(content: bytes, shape: dict, context: dict, stamp: datetime) -> bytes:
    """The filled document; the same bytes for the same arguments."""
    asked = {"shape": shape, "context": context, "stamp": f"{stamp:%Y-%m-%dT%H:%M:%SZ}"}
    return _ask(content, asked)


def _ask(content: bytes, asked: dict) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.docx"
        path.write_bytes(content)
        answer = _child(path, asked)
    if "docx" in answer:
        return b64decode(answer["docx"])
    if "faults" in answer:
        raise WrongTemplate(*_reasons(answer["faults"]))
    raise WrongTemplate(str(PROBLEMS[answer["problem"]]))


def _child(path: Path, asked: dict) -> dict:
    """What the child says; one that dies or takes too long has met a hostile file."""
    try:
        return CHILD.answers(asked, str(path))
    except ChildDied:
        return {"problem": "died"}


def _reasons(faults: list[dict]) -> list[str]:
    reasons = list(dict.fromkeys(_reason(fault) for fault in faults))
    more = len(reasons) - SHOWN
    if more > 0:
        reasons[SHOWN:] = [_("and %(n)s faults more") % {"n": more}]
    return reasons


def _reason(fault: dict) -> str:
    words = str(FAULTS[fault["code"]]) % {"found": fault["found"], "nearest": fault["nearest"]}
    if fault["code"] == "unknown" and fault["nearest"]:
        words += _("; nearest: “%(name)s”") % {"name": fault["nearest"]}
    if fault["paragraph"]:
        words += _(". Paragraph: “%(text)s”") % {"text": fault["paragraph"]}
    return words
