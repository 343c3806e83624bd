"""What goes wrong with the embedded PostgreSQL, said to a person."""


class EmbeddedPostgresError(RuntimeError):
    """One sentence: what failed and what to do about it."""
