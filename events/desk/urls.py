"""Addresses of the desk, under /desk/."""

from django.urls import path, register_converter
from django.urls.converters import get_converters

from events.desk.register_pages import PAGES
from events.desk.views import account, assisting, claims, editing, registers, review
from events.uids import UidConverter

if "uid" not in get_converters():
    register_converter(UidConverter, "uid")

urlpatterns = [
    path("", editing.work, name="desk"),
    path("mine/<slug:name>/", editing.work_list, name="desk-work"),
    path("log/", editing.log, name="desk-log"),
    path("incidents/<uid:uid>/", editing.incident, name="desk-incident"),
    path("incidents/<uid:uid>/edit/", editing.edit, name="desk-incident-edit"),
    path("incidents/<uid:uid>/submit/", editing.submit, name="desk-incident-submit"),
    path("incidents/<uid:uid>/discard/", editing.discard, name="desk-incident-discard"),
    path("incidents/<uid:uid>/link/", editing.link, name="desk-incident-link"),
    path("incidents/<uid:uid>/review/", review.review, name="desk-review"),
    path("incidents/<uid:uid>/assign/", review.assign, name="desk-incident-assign"),
    path("incidents/<uid:uid>/return/", review.give_back, name="desk-incident-return"),
    path("incidents/<uid:uid>/publish/", review.publish, name="desk-incident-publish"),
    path("incidents/<uid:uid>/withdraw/", review.withdraw, name="desk-incident-withdraw"),
    path("incidents/<uid:uid>/merge/", review.merge, name="desk-incident-merge"),
    path("incidents/<uid:uid>/claims/add/", claims.add_to_incident, name="desk-claim-add"),
    path("links/<uid:uid>/claims/add/", claims.add_to_link, name="desk-link-claim-add"),
    path("links/<uid:uid>/remove/", editing.unlink, name="desk-link-remove"),
    path("claims/<uid:uid>/edit/", claims.edit, name="desk-claim-edit"),
    path("claims/<uid:uid>/remove/", claims.remove, name="desk-claim-remove"),
    path("claims/<uid:uid>/decide/", review.decide, name="desk-claim-decide"),
    path("claims/<uid:uid>/reopen/", review.reopen, name="desk-claim-reopen"),
    path("claims/<uid:uid>/retract/", review.retract, name="desk-claim-retract"),
    path("assist/", assisting.read, name="desk-assist"),
    path("recognise/", assisting.recognise, name="desk-recognise"),
    path("documents/<uid:uid>/quotes/", assisting.check_quote, name="desk-documents-quotes"),
    path("queue/", review.queue, name="desk-queue"),
    path("relations/", registers.relations, name="desk-relations"),
    path("relations/new/", registers.add_relation, name="desk-relation-new"),
    path("relations/<uid:uid>/", registers.relation, name="desk-relation"),
    path("relations/<uid:uid>/claims/add/", claims.add_to_relation, name="desk-relation-claim-add"),
    path("relations/<uid:uid>/publish/", registers.publish_relation, name="desk-relation-publish"),
    path("relations/<uid:uid>/withdraw/", registers.withdraw_relation, name="desk-relation-withdraw"),
    path("account/keys/", account.api_keys, name="desk-keys"),
    path("account/keys/<int:pk>/revoke/", account.revoke_key, name="desk-key-revoke"),
]
for name, of in PAGES.items():
    which = {"register": name}
    urlpatterns += [
        path(f"{name}/", registers.listing, which, name=f"desk-{name}"),
        path(f"{name}/new/", registers.add, which, name=f"desk-{name}-new"),
        path(f"{name}/<uid:uid>/", registers.edit, which, name=f"desk-{name}-entry"),
    ]
    if of.add_alias:
        urlpatterns.append(path(f"{name}/<uid:uid>/names/", registers.add_alias, which, name=f"desk-{name}-alias"))
    if of.merge:
        urlpatterns.append(path(f"{name}/<uid:uid>/merge/", registers.merge, which, name=f"desk-{name}-merge"))
