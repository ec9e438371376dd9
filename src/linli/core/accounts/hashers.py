"""Password hashing that an office machine can bear."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class OfficeArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id with 19 MB and two passes (OWASP's floor); the default takes 100 MB a log-in."""

    time_cost = 2
    memory_cost = 19456
    parallelism = 1
