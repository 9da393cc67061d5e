"""Requests that carry a key of their own: sent twice, they are carried out once."""

from django.contrib.auth import get_user_model
from django.db import transaction

from events.models.key import SentRequest


class OtherRequest(Exception):
    """Something else was sent with this key before."""


@transaction.atomic
def once(act, *, by, sent, mark):
    """(answer, whether it was carried out now): what `act` gave, a dict that JSON can hold, now or the first time.

    `sent` and `mark` are digests of the address with the key, and of what was sent; without `sent` nothing is kept.
    The answer is kept in the transaction of what is done: who sends second waits for the first, and finds it. Raises
    OtherRequest.
    """
    if sent is None:
        return act(), True
    get_user_model().objects.select_for_update(no_key=True).get(pk=by.pk)  # one after the other
    if earlier := SentRequest.objects.filter(user=by, sent=sent).first():
        if earlier.mark != mark:
            raise OtherRequest
        return earlier.answer, False
    answer = act()
    SentRequest(user=by, sent=sent, mark=mark, answer=answer).save()
    return answer, True
