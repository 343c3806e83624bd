"""Addresses with a suffix: the same things for machines."""

from django.urls import path

from apps.publishing import views_comparison

urlpatterns = [
    path("questions/<slug:slug>.json", views_comparison.comparison_json, name="question-json"),
    path("questions/<slug:slug>.csv", views_comparison.comparison_csv, name="question-csv"),
]
