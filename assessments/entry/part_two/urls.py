from django.urls import path

from assessments.entry.part_two import views

urlpatterns = [
    path("counts/", views.latest, name="counts"),
    path("counts/over-years/<slug:code>/", views.over_years, name="counts_over_years"),
    path("counts/<int:year>/", views.of_year, name="counts_year"),
    path("counts/<int:year>/units/<code:unit>/", views.of_unit, name="counts_unit"),
    path("counts/<int:year>/count/<slug:code>/", views.behind, name="counts_behind"),
    path("counts/<int:year>/missing/", views.missing, name="counts_missing"),
]
