from django.urls import path

from assessments.entry.counts import typing_views
from assessments.entry.counts import views as counts

urlpatterns = [
    path("counts/", counts.latest, name="counts"),
    path("counts/<int:year>/", counts.of_year, name="counts_year"),
    path("counts/<int:year>/entry/", typing_views.enter_counts, name="enter_counts"),
    path("counts/<int:year>/units/<code:unit>/", counts.of_unit, name="counts_unit"),
]
