"""Addresses under /following/: what a signed-in person follows; the links in letters are open to whoever holds them."""

from django.urls import path, register_converter
from django.urls.converters import get_converters

from events.following.views import letters, selections, webhooks
from events.uids import UidConverter

if "uid" not in get_converters():
    register_converter(UidConverter, "uid")

urlpatterns = [
    path("", selections.mine, name="following"),
    path("save/", selections.save, name="following-save"),
    path("address/", letters.address, name="following-address"),
    path("address/remove/", letters.remove, name="following-address-remove"),
    path("confirm/<str:secret>/", letters.confirm, name="following-confirm"),
    path("stop/<str:token>/", letters.stop, name="following-stop"),
    path("<uid:uid>/", selections.entry, name="following-entry"),
    path("<uid:uid>/delete/", selections.delete, name="following-delete"),
    path("<uid:uid>/seen/", selections.seen, name="following-seen"),
    path("<uid:uid>/resume/", webhooks.resume, name="following-resume"),
    path("<uid:uid>/test/", webhooks.test, name="following-test"),
    path("<uid:uid>/secret/", webhooks.secret, name="following-secret"),
]
