"""One chart of each kind, on invented data."""

from __future__ import annotations

import datetime as dt
from typing import Any

from talkoot.kit import charts


def every_kind() -> list[Any]:
    return [_bars(), _forest(), _ribbons(), _line(), _scatter(), _clock(), _rug(), _weave(), _waterfall()]


def _bars() -> charts.Bars:
    items = [
        charts.Bar("Kaikki yritykset", 62, 54, 70, n=187),
        charts.Bar("1–9 henkeä", 55, 44, 66, n=81),
        charts.Bar("10–49 henkeä", 68, 57, 79, n=64),
        charts.Bar("vähintään 250 henkeä", missing="few"),
        charts.Bar("50–249 henkeä", missing="secondary"),
    ]
    return charts.Bars(
        "Kysyntä: arvioivat hyötyvänsä keinosta",
        note="Painotettu osuus yrityksistä, 95 %:n luottamusväli. Simuloituja vastauksia, n = 187.",
        label_head="Yrityksen koko",
        n_head="n",
        items=items,
    )


def _forest() -> charts.Forest:
    items = [
        charts.Pilot("Vantaa, syksy 2024", 29, 19, 42, 17, 58, 2),
        charts.Pilot("Vantaa, syksy 2025", 41, 31, 51, 39, 96, 3),
        charts.Pilot("Järvenpää, kevät 2026", 34, 21, 50, 13, 38, 1),
        charts.Pilot("Kerava, syksy 2026", total=29),
    ]
    return charts.Forest(
        "Osallistuneista yrityksistä toteutti ilmastoteon",
        note="Viiva on 95 %:n luottamusväli, vinoneliö yhdistetty tulos ja palkki ennuste seuraavalle kaupungille.",
        label_head="Pilotti",
        n_head="Yrityksiä",
        items=items,
        pooled=charts.Pilot("Pilotit yhdistettynä", 38, 28, 49, 89, 236),
        prediction=(26, 51),
    )


def _ribbons() -> charts.Ribbons:
    return charts.Ribbons(
        "Ennakkoarvio, pilotit ja yhdistetty arvio",
        note="Hyöty tavoitteelle D (0–100; 0 = keinoa ei käytetä). Tummempi on todennäköisempi: 50, 80 ja 95 %.",
        label_head="Tieto",
        items=[
            charts.Ribbon("Kirjaston ennakkoarvio", 79, 12.9, "Peruste: harkinta.", "lake"),
            charts.Ribbon("Pilotit", 76, 7.9, "Ennuste 26–51 %.", "ochre"),
            charts.Ribbon("Yhdistetty arvio", 77, 6.7, "Tätä valinta käyttää.", "spruce"),
        ],
        weights=[("Ennakkoarvio", 0.27, "lake"), ("Pilotit", 0.73, "ochre")],
    )


def _line() -> charts.Line:
    return charts.Line(
        "Vantaan päästöt ja tavoite, kt CO₂e",
        note="Pisteet ovat julkaistuja lukuja. Katkoviiva näyttää vauhdin, joka tavoitteeseen vaaditaan.",
        source="Lähteet: Vantaan kaupungin tiedote 20.6.2024 ja vastuullisuusraportti 2023. Haettu 24.11.2026.",
        unit="kt CO₂e",
        points=[
            charts.Point(1990, 1075, "≈1 075", "≈1 075", computed=True, source="laskettu tavoitteesta"),
            charts.Point(2020, 871, label="871", side="left", source="vastuullisuusraportti 2023"),
            charts.Point(2021, 872, source="vastuullisuusraportti 2023"),
            charts.Point(2022, None, "Ei vielä tuotu"),
            charts.Point(2023, 840, label="840 (2023)", source="tiedote 20.6.2024"),
        ],
        plan=[(2023, 840), (2030, 215)],
        target=(2030, 215, "Tavoite 215"),
    )


def _scatter() -> charts.Scatter:
    kinds = ["fits", "fits", "fits", "fits", "chosen", "over", "over", "over"]
    data = [
        (178, 52, 64),
        (205, 57, 70),
        (222, 60, 73),
        (234, 62, 76),
        (240, 66, 77),
        (255, 68, 81),
        (268, 70, 84),
        (302, 75, 90),
    ]
    items = [charts.Item("ABCDEFGH"[i], *xyz, kind=kinds[i]) for i, xyz in enumerate(data)]  # type: ignore[arg-type]  # each a Kind
    items.append(charts.Item("Nykyinen malli", 108, 31, 40, "present"))
    return charts.Scatter(
        "Salkut: hyöty ja työmäärä",
        note="Pystyjana on hyödyn vaihteluväli (0–100) annetuissa rajoissa.",
        items=items,
        x_head="Työmäärä, htp/v",
        low_head="Hyöty vähintään",
        high_head="Hyöty enintään",
        limit=(243, "Yli 243 htp"),
    )


def _clock() -> charts.Clock:
    entries = [
        charts.Entry("Yritysten ilmastokysely", 1, dt.date(2026, 1, 20), dt.date(2026, 3, 3)),
        charts.Entry("Pulssi: kevät", 1, dt.date(2026, 4, 28), dt.date(2026, 5, 22)),
        charts.Entry("Valinta: keinot ja työmäärä", 2, dt.date(2026, 3, 15), dt.date(2026, 5, 5)),
        charts.Entry("Toimintamallin vuosipäivitys", 2, dt.date(2026, 10, 1), dt.date(2026, 11, 20)),
        charts.Entry("Webinaari: energia", 3, dt.date(2026, 2, 3), dt.date(2026, 2, 3)),
        charts.Entry("Yritystapaamisten kierros", 3, dt.date(2026, 10, 5), dt.date(2026, 11, 20)),
        charts.Entry("Webinaari: hiilijalanjälki", 3, dt.date(2026, 11, 12), dt.date(2026, 12, 10)),
        charts.Entry("Ilmastoraportti valtuustolle", 4, dt.date(2026, 3, 1), dt.date(2026, 4, 1)),
        charts.Entry("Talousarvio", 4, dt.date(2026, 8, 1), dt.date(2026, 9, 15)),
    ]
    return charts.Clock("Vuosikello 2026", year=2026, entries=entries, today=dt.date(2026, 11, 24))


def _rug() -> charts.Rug:
    groups = [("city", "Energia"), ("ochre", "Materiaalit"), ("mid", "Liikkuminen"), ("lingon", "Ruoka")]
    stripes = [
        charts.Stripe(f"Sitoumus {i + 1} (esimerkki)", 20 + 37 * (i * 7 % 11), *groups[(i * 3 + i // 5) % 4])
        for i in range(23)
    ]
    return charts.Rug(
        "Kumppanuuden matto: 23 sitoumusta kudottu, 27 kutomatta",
        note="Yksi raita on yhden yrityksen sitoumus. Mitä leveämpi raita, sitä suurempi arvioitu vähennys.",
        stripes=stripes,
        target=50,
        size_head="t CO₂e vuodessa",
    )


def _weave() -> charts.Weave:
    stripes = [
        charts.Stripe("Hankintapolitiikka", 80, "spruce"),
        charts.Stripe("Kriteeripankki", 25, "ochre"),
        charts.Stripe("Oma osaaminen", 15, "lake"),
        charts.Stripe("Ympäristöpalkinto", 12, "lingon"),
    ]
    return charts.Weave(
        "Kerava: 132 htp vuodessa", note="4 keinoa, arvio", stripes=stripes, size_head="htp/v"
    )


def _waterfall() -> charts.Waterfall:
    return charts.Waterfall(
        "Sitoumuksista laskettavaan vähennykseen",
        note="Arvio, t CO₂e vuodessa. Ontto palkki on vähennetty, täysi lasketaan kaupungin lukuun.",
        label_head="Vaihe",
        figure_head="t CO₂e",
        scale_head="0–4 460 t CO₂e",
        scale=charts.Scale(0, 4460),
        items=[
            charts.Step("Kumppanien sitoumukset", 0, 4460, "4 460"),
            charts.Step("Muualla kuin kaupungissa", 2900, 4460, "−1 560", taken=True),
            charts.Step("Lasketaan kaupungin lukuun", 0, 2900, "2 900", pigment="spruce"),
        ],
    )
