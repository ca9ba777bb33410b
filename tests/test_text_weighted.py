"""Length on X and on Mastodon, in graphemes and on Threads; expected values counted by hand."""

import unicodedata

import emoji
import pytest

from sharewise.engine.content.text.emoji_sequences import emoji_spans, shown_as_emoji
from sharewise.engine.content.text.graphemes import count_graphemes
from sharewise.engine.content.text.mastodon import mastodon_length
from sharewise.engine.content.text.normal_form import composed
from sharewise.engine.content.text.weighted import weighted_length

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
UTM = "https://example.com/spring-sale?utm_source=x&utm_medium=social&utm_campaign=spring_2026"


@pytest.mark.parametrize(
    ("text", "weighted", "graphemes"),
    [
        ("", 0, 0),
        ("bread", 5, 5),
        ("a\r\nb", 3, 3),
        ("cafe\u0301", 4, 4),
        ("\u1100\u1161", 2, 1),  # composes to one syllable beyond U+10FF
        ("नमस्ते", 6, 3),
        ("สวัสดีครับ", 10, 7),
        ("תּוֹרָה", 7, 4),
        ("مَرْحَب", 7, 4),
        ("வணக்கம்", 7, 5),
        ("မြန်မာ", 6, 4),
        ("日本語", 6, 3),
        ("“quoted”—… ", 12, 11),
        ("1\ufe0f\u20e3#\ufe0f\u20e3*\u20e3", 6, 3),
        (FAMILY, 2, 1),
        ("\U0001f1eb\U0001f1f7\U0001f1ef\U0001f1f5", 4, 2),
        ("\U0001f1fd\U0001f1fd", 4, 1),  # no country: two symbols on X
        ("\U0001f44d\U0001f3fd", 2, 1),
        ("©\ufe0f ® ™", 8, 5),
        ("© ®", 5, 3),
        ("\u270c\ufe0e", 4, 1),
        ("\U0001f9d1\u200d\U0001f384", 2, 1),  # of 2020, newer than the table of twitter-text
        ("\U0001fae0", 2, 1),  # of 2021
        ("x\u0301\u0302", 3, 1),
        ("foo.museum", 23, 10),
        (UTM, 23, len(UTM)),
        (f"Sale! {UTM} #deal", 35, len(UTM) + 12),
        ("a http://a.co b.de", 49, 18),
        ("日本語https://example.com日本", 33, 24),
        ("no.such-domain", 14, 14),
        ("http://ex\u0301.com", 23, 13),
    ],
)
def test_length(text: str, weighted: int, graphemes: int) -> None:
    assert weighted_length(text) == weighted
    assert count_graphemes(text) == graphemes


def test_every_emoji_weighs_two() -> None:
    """All of the emoji library's sequences, composed as a text is before weighing."""
    wrong = {
        sequence: weighted_length(sequence)
        for sequence, data in emoji.EMOJI_DATA.items()
        if data["status"] != emoji.STATUS["component"]
        and weighted_length(unicodedata.normalize("NFC", sequence)) != 2
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("bread", 5),
        (f"see {UTM}", 27),
        ("see example.com", 15),  # without scheme it is plain text
        ("hi @anna@social.example", 8),
        ("hi @anna@social.example and @ben", 17),
        ("mail anna@social.example", 24),
        ("https://example.com/@anna@social.example", 23),
        ("https://example.com/日本語", 23),
        (FAMILY * 3, 3),
    ],
)
def test_mastodon_length(text: str, length: int) -> None:
    assert mastodon_length(text) == length


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("©", 0),
        ("©\ufe0f", 1),
        ("\u2122 \u2194 \u203c", 0),
        ("\u2764", 1),
        ("\u2764\ufe0e", 0),
        ("\u2b50", 1),
        ("3", 0),
        ("3\ufe0f\u20e3", 1),
        (FAMILY, 1),
        ("\U0001f1fd\U0001f1fd", 0),
    ],
)
def test_what_people_see_as_emoji(text: str, shown: int) -> None:
    assert len(shown_as_emoji(text, emoji_spans(text))) == shown


def test_composing_equals_nfc_up_to_64_marks() -> None:
    text = "e" + "\u0301\u0323" * 32 + "e\u0301"
    assert composed(text) == unicodedata.normalize("NFC", text)


def test_pairs_of_flags_keep_their_parity() -> None:
    a = "\U0001f1e6"
    assert [count_graphemes(a * n) for n in range(6)] == [0, 1, 1, 2, 2, 3]
    assert count_graphemes(a * 2 + "\u200d" + "\U0001f44d") == 2
