"""The account page; everything around passwords and addresses is allauth's, under /accounts/."""

from django.urls import path

from courseapp.accounts import views

urlpatterns = [path("", views.account, name="account")]
