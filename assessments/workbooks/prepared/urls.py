from django.urls import path

from assessments.workbooks.prepared import views as prepared

urlpatterns = [
    path("upload/prepared/", prepared.latest, name="prepared"),
    path("upload/prepared/<int:year>/<code:unit>/", prepared.choose, name="prepared_choose"),
    path("upload/prepared/<int:year>/<code:unit>/<slug:part>/", prepared.take, name="prepared_take"),
    path("upload/<uuid:batch>/file/<int:upload>/conflicts/", prepared.settle, name="prepared_settle"),
]
