"""The first word of an address is a city, unless the house keeps the word for itself."""

from __future__ import annotations

RESERVED = frozenset(
    [
        "api",
        "en",
        "fi",
        "kalenteri",
        "kieli",
        "kirjasto",
        "kutsu",
        "kysely",
        "oma",
        "palaute",
        "saavutettavuus",
        "sarjat",
        "selkokieli",
        "static",
        "sv",
        "teema",
        "terveys",
        "tiedostot",
        "tietosuoja",
        "tili",
        "ui",
        "vertailu",
    ]
)


class CityConverter:
    """`<city:city>`: a slug that is not a reserved word; CityMiddleware turns it into `request.city`."""

    regex = rf"(?!(?:{'|'.join(sorted(RESERVED))})/)[a-z][a-z0-9-]*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)
