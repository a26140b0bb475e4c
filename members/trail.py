"""The loads of members and village heads and the end of their names, as the trail tells them; the acts on
one of them: `assessments/registers/acts/`."""

from django.utils.translation import gettext_lazy as _

from members.models import Member, VillageHead
from orgs.models import Village
from orgs.trail.words import Key, Of, Reference, action, keys_of

MEMBER = Of(
    Member,
    keys_of(Member, "full_name", "born_on", of_person=True)
    | keys_of(
        Member,
        "code",
        "sex",
        "admitted_on",
        "admitted_outside",
        "arrived_on",
        "official_on",
        "cell",
        "is_exempt",
        "left_on",
        "leaving_reason",
        "leaving_decision",
        "leaving_decided_on",
        "recognition_decision",
        "recognition_decided_on",
    ),
)
HEAD = Of(
    VillageHead,
    keys_of(VillageHead, "full_name", of_person=True)
    | keys_of(VillageHead, "is_member", "is_secretary", "starts_on", "ends_on")
    | {
        "code": Key(_("village")),
        "village_id": Key(_("village"), refers_to=Reference(Village)),
        "member_id": Key(_("code of the member"), refers_to=Reference(Member)),
    },
    code_from=Reference(VillageHead, told_by="village__code"),
)

ACTIONS = {
    "head.load": action(_("loaded from a workbook"), HEAD),
    "head.forget": action(_("name replaced by the code"), HEAD),
    "member.load": action(_("loaded from a workbook"), MEMBER),
    "member.forget": action(_("name replaced by the code"), MEMBER),
}
