"""The token that a rule service for other machines asks its clients for, and how both sides come by it.

It is in an environment variable, because every user of a machine can read the arguments of every program.
"""

from collections.abc import Mapping

from life.errors import ServiceError
from life.wire.words import GREETING

VARIABLE = "LIFELOOM_TOKEN"
_LONGEST = 200


def token_from(environment: Mapping[str, str]) -> str:
    """The token in the environment variables, "" where there is none.

    Raises:
        ServiceError: it could not be sent, because it is too long or is not one word of ASCII.
    """
    token = environment.get(VARIABLE, "")
    if len(token) > _LONGEST or not token.isascii() or not token.isprintable() or " " in token:
        raise ServiceError(f"The token in {VARIABLE} must be one word of ASCII, of at most {_LONGEST} characters.")
    return token


def greeting_with(token: str) -> bytes:
    """The line with which a client begins."""
    return GREETING if not token else GREETING.rstrip() + f" {token}\n".encode()
