from assessments.urls import dashboard, schemes

app_name = "assessments"
urlpatterns = [*dashboard.urlpatterns, *schemes.urlpatterns]
