"""Addresses of the desk, under /desk/."""

from django.urls import path, register_converter
from django.urls.converters import get_converters

from events.desk.register_pages import PAGES
from events.desk.views import (
    account,
    batches,
    claims,
    discussion,
    duplicates,
    editing,
    handover,
    history,
    invitations,
    joining,
    keeping,
    logging,
    lookup,
    presence,
    publishing,
    queue,
    registers,
    review,
    sessions,
    shortcuts,
    team,
    work,
)
from events.uids import UidConverter

if "uid" not in get_converters():
    register_converter(UidConverter, "uid")

urlpatterns = [
    path("log/", logging.log, name="desk-log"),
    path("unfinished/", keeping.keep, name="desk-keep"),
    path("unfinished/<uid:uid>/discard/", keeping.discard, name="desk-unfinished-discard"),
    path("", work.work, name="desk"),
    path("mine/<slug:name>/", work.work_list, name="desk-work"),
    path("seen/", work.seen, name="desk-seen"),
    path("duplicates/", duplicates.watch, name="desk-duplicates"),
    path("incidents/<uid:uid>/", editing.incident, name="desk-incident"),
    path("incidents/<uid:uid>/edit/", editing.edit, name="desk-incident-edit"),
    path("incidents/<uid:uid>/submit/", editing.submit, name="desk-incident-submit"),
    path("incidents/<uid:uid>/discard/", editing.discard, name="desk-incident-discard"),
    path("incidents/<uid:uid>/hand-over/", handover.hand_over, name="desk-incident-hand-over"),
    path("incidents/<uid:uid>/link/", joining.link, name="desk-incident-link"),
    path("incidents/<uid:uid>/review/", review.review, name="desk-review"),
    path("incidents/<uid:uid>/assign/", review.assign, name="desk-incident-assign"),
    path("incidents/<uid:uid>/return/", review.give_back, name="desk-incident-return"),
    path("incidents/<uid:uid>/publish/", publishing.publish, name="desk-incident-publish"),
    path("incidents/<uid:uid>/withdraw/", publishing.withdraw, name="desk-incident-withdraw"),
    path("incidents/<uid:uid>/merge/", joining.merge, name="desk-incident-merge"),
    path("incidents/<uid:uid>/unmerge/", joining.unmerge, name="desk-incident-unmerge"),
    path("incidents/<uid:uid>/split/", joining.split, name="desk-incident-split"),
    path("incidents/<uid:uid>/restore/", publishing.restore, name="desk-incident-reinstate"),
    path("incidents/<uid:uid>/bring-back/", publishing.bring_back, name="desk-incident-bring-back"),
    path("incidents/<uid:uid>/earlier/", publishing.earlier, name="desk-incident-earlier"),
    path("incidents/<uid:uid>/claims/add/", claims.add_to_incident, name="desk-claim-add"),
    path("incidents/<uid:uid>/discussion/", discussion.say, name="desk-incident-discussion"),
    path("comments/<uid:uid>/rewrite/", discussion.rewrite, name="desk-comment-rewrite"),
    path("comments/<uid:uid>/resolve/", discussion.resolve, name="desk-comment-resolve"),
    path("comments/<uid:uid>/reopen/", discussion.reopen, name="desk-comment-reopen"),
    path("incidents/<uid:uid>/history/", history.of_incident, name="desk-incident-history"),
    path("incidents/<uid:uid>/history/<int:moment>/", history.restore_incident, name="desk-incident-restore"),
    path("incidents/<uid:uid>/history/<int:moment>/claim/", history.add_claim_again, name="desk-incident-claim-again"),
    path("claims/<uid:uid>/history/", history.of_claim, name="desk-claim-history"),
    path("claims/<uid:uid>/history/<int:moment>/", history.restore_claim, name="desk-claim-restore"),
    path("relations/<uid:uid>/history/", history.of_relation, name="desk-relation-history"),
    path("links/<uid:uid>/claims/add/", claims.add_to_link, name="desk-link-claim-add"),
    path("links/<uid:uid>/remove/", joining.unlink, name="desk-link-remove"),
    path("claims/<uid:uid>/edit/", claims.edit, name="desk-claim-edit"),
    path("claims/<uid:uid>/remove/", claims.remove, name="desk-claim-remove"),
    path("claims/<uid:uid>/decide/", review.decide, name="desk-claim-decide"),
    path("claims/<uid:uid>/reopen/", review.reopen, name="desk-claim-reopen"),
    path("claims/<uid:uid>/retract/", review.retract, name="desk-claim-retract"),
    path("claims/<uid:uid>/reliability/", review.reliability, name="desk-claim-reliability"),
    path("incidents/<uid:uid>/presence/", presence.here, name="desk-incident-presence"),
    path("queue/", queue.queue, name="desk-queue"),
    path("queue/assign/", queue.assign_many, name="desk-queue-assign"),
    path("batches/<int:pk>/accept/", batches.accept, name="desk-batch-accept"),
    path("account/shortcuts/", shortcuts.choose, name="desk-shortcuts"),
    path("relations/", registers.relations, name="desk-relations"),
    path("relations/new/", registers.add_relation, name="desk-relation-new"),
    path("relations/<uid:uid>/", registers.relation, name="desk-relation"),
    path("relations/<uid:uid>/claims/add/", claims.add_to_relation, name="desk-relation-claim-add"),
    path("relations/<uid:uid>/publish/", registers.publish_relation, name="desk-relation-publish"),
    path("relations/<uid:uid>/withdraw/", registers.withdraw_relation, name="desk-relation-withdraw"),
    path("look-up/<slug:kind>/", lookup.options, name="desk-look-up"),
    path("look-up/<slug:kind>/new/", lookup.new, name="desk-look-up-new"),
    path("look-up/places/<uid:uid>/preview/", lookup.preview, name="desk-look-up-preview"),
    path("alive/", account.alive, name="desk-alive"),
    path("account/keys/", account.api_keys, name="desk-keys"),
    path("account/keys/<int:pk>/revoke/", account.revoke_key, name="desk-key-revoke"),
    path("account/sessions/", sessions.mine, name="desk-sessions"),
    path("account/sessions/end/", sessions.end_others, name="desk-sessions-end"),
    path("account/sessions/<int:pk>/end/", sessions.end_mine, name="desk-session-end"),
    path("team/", team.people, name="desk-team"),
    path("team/audit/", team.acts, name="desk-team-audit"),
    path("team/invite/", invitations.invite, name="desk-team-invite"),
    path("team/links/<uid:uid>/withdraw/", invitations.revoke, name="desk-team-link-withdraw"),
    path("team/<int:pk>/", team.person, name="desk-team-person"),
    path("team/<int:pk>/role/", team.role, name="desk-team-role"),
    path("team/<int:pk>/close/", team.deactivate, name="desk-team-close"),
    path("team/<int:pk>/open/", team.reactivate, name="desk-team-open"),
    path("team/<int:pk>/reassign/", handover.reassign, name="desk-team-reassign"),
    path("team/<int:pk>/password-link/", invitations.password_link, name="desk-team-password-link"),
    path("team/<int:pk>/sessions/end/", sessions.end_all_of, name="desk-team-sessions-end"),
    path("team/<int:pk>/sessions/<int:session>/end/", sessions.end_one_of, name="desk-team-session-end"),
]
for name, of in PAGES.items():
    which = {"register": name}
    urlpatterns += [
        path(f"{name}/", registers.listing, which, name=f"desk-{name}"),
        path(f"{name}/new/", registers.add, which, name=f"desk-{name}-new"),
        path(f"{name}/<uid:uid>/", registers.edit, which, name=f"desk-{name}-entry"),
    ]
    urlpatterns += [
        path(f"{name}/<uid:uid>/history/", history.of_entry, which, name=f"desk-{name}-history"),
        path(f"{name}/<uid:uid>/history/<int:moment>/", history.restore_entry, which, name=f"desk-{name}-restore"),
    ]
    if of.add_alias:
        urlpatterns.append(path(f"{name}/<uid:uid>/names/", registers.add_alias, which, name=f"desk-{name}-alias"))
    if of.merge:
        urlpatterns.append(path(f"{name}/<uid:uid>/merge/", registers.merge, which, name=f"desk-{name}-merge"))
