"""Addresses of the public pages."""

from django.urls import path

from apps.comparisons.views_comparison import comparison

urlpatterns = [
    path("questions/", comparison, name="questions"),
    path("questions/<slug:slug>/", comparison, name="question"),
    path("topics/<slug:slug>/", comparison, name="topic"),
    path("claims/<slug:slug>/", comparison, name="claim"),
    path("actors/<slug:slug>/", comparison, name="actor"),
    path("places/<slug:slug>/", comparison, name="place"),
    path("sources/<slug:slug>/", comparison, name="source"),
    path("methodology/", comparison, name="methodology"),
]
