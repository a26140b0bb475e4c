from django.urls import path

from assessments.registers.views import beginning, members, organizations, reorganizing, villages

app_name = "registers"
urlpatterns = [
    path("organizations/", organizations.organization_list, name="organization_list"),
    path("organizations/tree/", organizations.organization_tree, name="organization_tree"),
    path("organizations/province/", beginning.province_found, name="province_found"),
    path("organizations/found/", reorganizing.found, name="organization_found"),
    path("organizations/<int:pk>/", organizations.organization, name="organization"),
    path("organizations/<int:pk>/correct/", reorganizing.correct, name="organization_correct"),
    path("organizations/<int:pk>/rename/", reorganizing.rename, name="organization_rename"),
    path("organizations/<int:pk>/move/", reorganizing.move, name="organization_move"),
    path("organizations/<int:pk>/merge/", reorganizing.merge, name="organization_merge"),
    path("organizations/<int:pk>/split/", reorganizing.split, name="organization_split"),
    path("organizations/<int:pk>/dissolve/", reorganizing.dissolve, name="organization_dissolve"),
    path("villages/", villages.village_list, name="village_list"),
    path("villages/found/", villages.village_found, name="village_found"),
    path("villages/<int:pk>/", villages.village, name="village"),
    path("villages/<int:pk>/correct/", villages.village_correct, name="village_correct"),
    path("villages/<int:pk>/cover/", villages.village_cover, name="village_cover"),
    path("villages/<int:pk>/end/", villages.village_end, name="village_end"),
    path("villages/<int:pk>/head/", villages.head_appoint, name="head_appoint"),
    path("heads/<int:pk>/end/", villages.head_end, name="head_end"),
    path("heads/<int:pk>/correct/", villages.head_correct, name="head_correct"),
    path("members/", members.member_list, name="member_list"),
    path("members/enrol/", members.member_enrol, name="member_enrol"),
    path("members/<int:pk>/", members.member, name="member"),
    path("members/<int:pk>/correct/", members.member_correct, name="member_correct"),
    path("members/<int:pk>/transfer/", members.member_transfer, name="member_transfer"),
    path("members/<int:pk>/leave/", members.member_leave, name="member_leave"),
    path("members/<int:pk>/exempt/", members.member_exempt, name="member_exempt"),
]
