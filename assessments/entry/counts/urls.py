from django.urls import path

from assessments.entry.counts import saving_views, start_views, typing_views

urlpatterns = [
    path("counts/<int:year>/save/", saving_views.save_counts, name="save_counts"),
    path("counts/<int:year>/entry/", start_views.enter_counts, name="enter_counts"),
    path("counts/<int:year>/entry/count/<slug:code>/", typing_views.enter_count, name="enter_count"),
    path("counts/<int:year>/entry/<code:code>/", typing_views.enter_organization, name="enter_counts_of"),
]
