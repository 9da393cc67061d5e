"""Folding and the places of words: every spelling as one, and the way back to the characters that were written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events import names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mirān Shāh", "miran-shah"),
        ("میران شاه", "ميران شاہ"),
        ("تحریکِ طالبان", "تحريك طالبان"),
        ("می‌شود", "میشود"),
        ("۱۸ مارچ", "١٨ مارچ"),
        ("ﻻ", "لا"),
        ("Jama’at-ul-Ahrar", "jamaat ul ahrar"),
        ("İzmir", "izmir"),
        ("ﬁre", "FIRE"),
        ("snake_case", "snake case"),
    ],
)
def test_spellings_of_one_name_have_the_same_words(one, other):
    assert names.words(one) == names.words(other) != []


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("In Mirān-Shāh.", ["In", "Mirān", "Shāh"]),
        ("“Jama’at” said", ["Jama’at", "said"]),
        ("‘quoted’ words", ["quoted", "words"]),
        ("İstanbul ﬁre", ["İstanbul", "ﬁre"]),
        ("تحریکِ طالبان، پاکستان", ["تحریکِ", "طالبان", "پاکستان"]),
        ("می‌شود ـ ۱۸", ["می‌شود", "۱۸"]),
        ("a_b", ["a", "b"]),
        ("½ km", ["½", "km"]),
        ("… – _", []),
    ],
)
def test_the_words_of_a_text_are_found_where_they_stand(text, stretches):
    assert [text[start:end] for start, end, _ in names.spans(text)] == stretches


_LETTERS = st.sampled_from("aIİıßﬁﬀé½_'’ʼ\"-–…. ،طىيكةهۀآ\u0651\u0650\u200c\u0640۱٣0ñ\u0301Σς")


@given(st.text(_LETTERS, max_size=30))
def test_the_stretches_hold_all_the_words_and_nothing_else(text):
    text = unicodedata.normalize("NFC", text)

    found = names.spans(text)

    assert [word for _, _, words in found for word in words] == names.words(text)
    assert all(start < end for start, end, _ in found)
    assert all(one[1] <= other[0] for one, other in zip(found, found[1:], strict=False))
