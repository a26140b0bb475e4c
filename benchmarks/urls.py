"""The project's addresses, and one view that says hello to a signed-in user."""

from django.http import HttpResponse
from django.urls import path

from resolution03.urls import urlpatterns as project


def hello(request):
    """Two words, through the same middleware as every page."""
    return HttpResponse(f"hello {request.user.pk}")


urlpatterns = [path("benchmark/hello/", hello), *project]
