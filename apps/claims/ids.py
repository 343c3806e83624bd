"""Public ids: short, random, easy to read aloud; imported ones are kept as they are."""

import secrets

#: No vowels, so that no word comes out, and nothing that is taken for something else (0 o, 1 l i).
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 9  # 27^9: at ten million claims the next one collides once in a million


def new_public_id() -> str:
    """A random public id of nine lower-case letters and digits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
