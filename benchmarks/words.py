"""The words of the corpus: names, and sentences with gaps in English and French. Data only.

Names of companies, regions and topics are plain ASCII words, so that every generator makes the
same address of them without being told how.
"""

from __future__ import annotations

from dataclasses import dataclass


def _items(text: str) -> list[str]:
    return text.split(", ")


CONTINENTS = {"Europe": "150", "Asia": "142", "South America": "005", "Africa": "002"}
COUNTRIES = {
    "Europe": "AT Austria, BE Belgium, DK Denmark, FI Finland, FR France, DE Germany, GR Greece, "
    "IE Ireland, IT Italy, NL Netherlands, NO Norway, PL Poland, PT Portugal, ES Spain, "
    "SE Sweden, CH Switzerland, GB United Kingdom",
    "Asia": "CN China, IN India, ID Indonesia, JP Japan, MY Malaysia, PH Philippines, "
    "SG Singapore, KR South Korea, TH Thailand, VN Vietnam",
    "South America": "AR Argentina, BR Brazil, CL Chile, CO Colombia, PE Peru",
    "Africa": "EG Egypt, KE Kenya, NG Nigeria, ZA South Africa",
}
"""By continent, `code name`. With the continents these are forty regions."""

TOPICS = _items(
    "Live shopping, Creators, Marketplaces, Payments, Delivery, Returns, Advertising, Beauty, "
    "Fashion, Groceries, Electronics, Second hand, Loyalty, Regulation, Data protection, "
    "Counterfeits, Pricing, Customer service, Workplace culture, Results"
)

FIRST = _items(
    "Amber, Arrow, Birch, Bright, Canvas, Cedar, Clever, Copper, Coral, Daily, Delta, Echo, "
    "Ember, Field, Forest, Garnet, Golden, Granite, Harbor, Hazel, Indigo, Ivory, Juniper, "
    "Kindle, Lantern, Linden, Maple, Marble, Meadow, Opal, Orchard, Pepper, Quartz, Raven, River, "
    "Saffron, Silver, Summit, Velvet, Willow"
)
SECOND = _items(
    "Aisle, Arcade, Barn, Bazaar, Box, Bench, Corner, Counter, Crate, Depot, Drawer, Emporium, "
    "Gallery, Hall, Market, Outlet, Parade, Pantry, Row, Shelf, Stall, Store, Street, Till, Yard"
)
THIRD = ("", " Online", " Direct", " Group")

PUBLISHERS = _items(
    "The Retail Ledger, Counter Weekly, Basket Report, The Evening Till, Trade and Stream, "
    "La Gazette du Commerce, Market Dispatch, The Parcel Post"
)

SETTINGS = _items("queue.limit, retry_after, stock.hold, stream_delay, max_cart, refund.days")


@dataclass(frozen=True)
class Language:
    """What a text in one language is made of. Gaps are in braces; `rich` sentences have markup."""

    code: str
    titles: tuple[str, ...]
    plain: tuple[str, ...]
    rich: tuple[str, ...]
    headings: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    things: tuple[str, ...]
    manners: tuple[str, ...]
    settings: tuple[str, ...]
    months: tuple[str, ...]
    see_also: str


ENGLISH = Language(
    code="en",
    titles=(
        "{company} puts {thing} to the test in {region}",
        "{company} looks again at {thing}",
        "What {company} wants from {thing} in {region}",
        "{region} gets {thing} from {company} after all",
        "{company} counts the cost of {thing}",
    ),
    plain=(
        "{company} says that {thing} did {manner} better in {month} than it had {setting}.",
        "Nobody outside {company} has seen how {thing} was paid for.",
        "In {region}, {pct} shops in a hundred now rely on {thing}.",
        "The plan for {thing} was drawn up {setting} and has been cut twice since.",
        "It took {count} weeks to bring {thing} to {region}, twice as long as promised.",
        "Two former managers remember it otherwise: {thing} was late, and {other} came at all.",
        "If {thing} goes on as it did {setting}, {other} will have to be paid from somewhere else.",
        "{company} had {count} people on {thing} in {month}; a year earlier there were hardly any.",
        "That is {manner} more than its rivals in {region} spend on {other}.",
        "Shoppers who met {thing} {setting} came back {manner} more often, by its own count.",
    ),
    rich=(
        "The company's [half-year letter]({url}) gives {thing} {pct}%, which is *not* a profit.",
        "What changed in {month} was **{thing}**: it is now run from {region}.",
        "A setting called `{code}` decides how long {thing} waits, and it was raised {setting}.",
        "Its suppliers [disagree]({url}) and call {other} the *weakest* part of the offer.",
        "We hold **no figure** for {other} in {region}, and the {pct}% often quoted has no source.",
        "One seller's [account of {month}]({url}) has {count} orders lost to `{code}` at once.",
    ),
    headings=(
        "What was announced",
        "What is known",
        "Who says otherwise",
        "The figures",
        "How it works",
        "Why now",
        "What to watch",
        "How we know",
    ),
    columns=("Measure", "Last year", "This year", "Change"),
    rows=("Viewers", "Orders", "Parcels", "Returns", "Sellers", "Studios"),
    things=(
        "the evening show",
        "its second warehouse",
        "free returns",
        "the loan for sellers",
        "the new checkout",
        "same-day delivery",
        "its own studio",
        "the list of banned goods",
        "a lower commission",
        "the chat with buyers",
        "the gift card",
        "its payment service",
    ),
    manners=("far", "hardly", "surprisingly", "a little", "steadily", "visibly"),
    settings=(
        "before the holidays",
        "on small screens",
        "outside the capital",
        "in the first quarter",
        "without a host",
        "under the old owner",
        "during the sales",
    ),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    see_also="What else is on file about it stands under [{name}](/companies/{id}/).",
)

FRENCH = Language(
    code="fr",
    titles=(
        "{company} met à l'épreuve {thing} : {region}",
        "{company} revient sur {thing}",
        "Ce que {company} attend de {region}",
        "{company} fait ses comptes : {thing}",
    ),
    plain=(
        "{company} affirme que {thing} a {manner} aidé en {month}, plus que {setting}.",
        "Personne hors de {company} ne sait qui paye pour {thing}.",
        "Sur le marché « {region} », {pct} commerces sur cent comptent désormais sur {thing}.",
        "Le projet, c'est-à-dire {thing}, a été présenté en {month}, puis réduit deux fois.",
        "Il a fallu {count} semaines pour y arriver : {thing}, puis {other}, le double du prévu.",
        "Deux anciens cadres s'en souviennent autrement : {thing} avait pris du retard {setting}.",
        "Si l'élan se maintient comme {setting}, {other} devra être payé autrement.",
        "En {month}, {company} y employait {count} personnes ; un an plus tôt, presque aucune.",
        "C'est {manner} plus que ce que ses rivaux dépensent pour {other}.",
    ),
    rich=(
        "La [lettre aux actionnaires]({url}) donne {pct} % : {thing}, ce n'est *pas* un gain.",
        "Ce qui a changé en {month}, c'est **l'essentiel** : {thing} se gère depuis {region}.",
        "Un réglage nommé `{code}` fixe l'attente ; il a été relevé {setting}.",
        "Ses fournisseurs [le contestent]({url}) : {other} serait le point *faible* de l'offre.",
        "Nous n'avons **aucun chiffre** sur {other}, et les {pct} % cités sont sans source.",
    ),
    headings=(
        "Ce qui est annoncé",
        "Ce que l'on sait",
        "Qui dit le contraire",
        "Les chiffres",
        "Comment cela marche",
        "Pourquoi maintenant",
        "Ce qu'il faut suivre",
        "D'où nous le tenons",
    ),
    columns=("Mesure", "Avant", "Maintenant", "Évolution"),
    rows=("Spectateurs", "Commandes", "Colis", "Retours", "Vendeurs", "Studios"),
    things=(
        "l'émission du soir",
        "le second entrepôt",
        "le retour gratuit",
        "le prêt aux vendeurs",
        "le nouveau paiement",
        "la livraison le jour même",
        "le studio maison",
        "la liste des produits interdits",
        "la baisse de commission",
        "l'échange avec les acheteurs",
        "la carte cadeau",
    ),
    manners=("nettement", "à peine", "étonnamment", "un peu", "régulièrement"),
    settings=(
        "avant les fêtes",
        "sur petit écran",
        "hors de la capitale",
        "au premier trimestre",
        "sans animateur",
        "sous l'ancien propriétaire",
        "pendant les soldes",
    ),
    months=(
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    see_also="Le reste du dossier se trouve sous [{name}](/companies/{id}/).",
)
