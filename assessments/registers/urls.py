from django.urls import path

from assessments.registers.acts import ACTS
from assessments.registers.views import acting, members, organizations, undoing, villages

app_name = "registers"
urlpatterns = [
    path("organizations/", organizations.organization_list, name="organization_list"),
    path("organizations/tree/", organizations.organization_tree, name="organization_tree"),
    path("organizations/<int:pk>/", organizations.organization, name="organization"),
    path("villages/", villages.village_list, name="village_list"),
    path("villages/<int:pk>/", villages.village, name="village"),
    path("members/", members.member_list, name="member_list"),
    path("members/<int:pk>/", members.member, name="member"),
    path("acts/<int:pk>/undo/", undoing.undo, name="undo"),
    *(path(act.route, acting.page(act), name=act.name) for act in ACTS),
]
