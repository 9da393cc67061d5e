"""How passwords are stored."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class ModestArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with the smallest of the equal settings of OWASP's password storage cheat sheet: 46 MiB, one pass.

    Django's default takes 100 MiB and eight lanes per guess, which a small server feels when ten people sign in.
    https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id
    """

    time_cost = 1
    memory_cost = 47104
    parallelism = 1
