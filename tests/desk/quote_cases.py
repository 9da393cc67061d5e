"""Cases of one rule that is written twice, in Python and for the browser: is the excerpt in the text? All made up."""

CASES = [
    ("seven were hurt", "It says that seven were hurt there.", True),
    ("seven were hurt", "It says that\n  seven\twere\r\nhurt there.", True),
    ("seven were hurt", "seven\u00a0were\u202fhurt", True),
    ("“seven were hurt”", 'It says: "seven were hurt".', True),
    ("the post's guards", "the post’s guards", True),
    ("7-9 were hurt", "7–9 were hurt", True),
    ("and so on…", "and so on...", True),
    ("se\u200bven were\u200e hurt", "seven were hurt", True),
    ("co\u00adoperation", "cooperation", True),
    ("caf\u00e9", "cafe\u0301", True),
    ("میران شاہ میں", "حملہ میران\u200c شاہ میں ہوا", True),
    ("\u202bطالبان\u202c", "طالبان نے کہا", True),
    ("🌍 there", "It was 🌍 there", True),
    ("<script>alert(1)</script>", "a <script>alert(1)</script> b", True),
    ("Seven were hurt", "seven were hurt", False),
    ("eight were hurt", "seven were hurt", False),
    ("seven hurt", "seven were hurt", False),
    ("seven were hurt", "sevenwere hurt", False),
    ("طالبان", "كابل", False),
]
