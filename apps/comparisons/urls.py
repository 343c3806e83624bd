"""Addresses of the public pages."""

from django.urls import path

from apps.comparisons import views_lists
from apps.comparisons.views_comparison import comparison

urlpatterns = [
    path("", views_lists.home, name="home"),
    path("questions/", views_lists.questions, name="questions"),
    path("questions/<slug:slug>/", comparison, name="question"),
    path("topics/<slug:slug>/", views_lists.topic, name="topic"),
    path("claims/<slug:slug>/", comparison, name="claim"),
    path("actors/<slug:slug>/", comparison, name="actor"),
    path("places/<slug:slug>/", comparison, name="place"),
    path("sources/<slug:slug>/", comparison, name="source"),
    path("methodology/", comparison, name="methodology"),
]
