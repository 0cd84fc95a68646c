"""Function words of French and English, which say nothing about what a text is about.

Both lists apply to every text and question, since a French article quotes English names and people mix, but for the
few words that mean something in the one language. A word typed without its accents is still a function word, but
one with accents that the lists do not give it (né, thé, maïs) is not.
"""

FRENCH = frozenset(
    """
    a ai aie aient aies ait alors après as au aucun aucune auquel aura aurai auraient aurais aurait aurez auriez
    aurons auront aussi autre autres aux auxquelles auxquels avaient avais avait avant avec avez aviez avoir
    avons ayant ayez ayons c car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci combien comme
    comment d dans de depuis des desquels donc dont du duquel elle elles en encore entre es est est-ce et eu eue
    eues eurent eus eut eux faire fait font furent fus fut ici il ils j je jusqu jusque l la laquelle le lequel
    les lesquelles lesquels leur leurs lors lorsque lui m ma mais me mes mien moi moins mon même mêmes n ne ni
    nos notre nous on ont ou où par parce pas pendant peu peut peuvent plus plusieurs pour pourquoi puis puisque
    qu quand quasi que quel quelle quelles quelque quelques quels qui quoi quoique s sa sans se selon sera serai
    seraient serais serait serez seriez serons seront ses si sien sinon soi soient sois soit sommes son sont
    sous soyez soyons suis sur t ta tandis te tel telle telles tels tes toi ton tous tout toute toutes très tu
    un une vers via voici voilà vos votre vous vs y à étaient étais était étant étiez étions été êtes être
    """.split()
)

ENGLISH = frozenset(
    """
    a about after again all also am an and any are aren as at be because been before being between both but by
    can cannot could couldn did didn do does doesn doing don during each either few for from further had hadn
    has hasn have haven having he her here hers herself him himself his how i if in into is isn it its itself
    just ll many may me might more most much must my myself neither no nor not of off on once only onto or other
    our ours ourselves out over per re s same shall she should shouldn so some such t than that the their
    theirs them themselves then there these they this those through to too toward towards under until up upon us
    ve very via vs was wasn we were weren what when where whether which while who whom whose why will with
    within without would wouldn yet you your yours yourself
    """.split()
)

_MEANING: dict[str, frozenset[str]] = {
    "fr": frozenset({"an", "but", "don", "more", "or", "ours"}),
    "en": frozenset(
        {"ai", "car", "comment", "es", "eu", "fit", "font", "mine", "pas", "sent", "sera", "son", "ton", "tons", "tu"}
    ),
}
"""Words of one language that only the other one's list holds: a year, gold; AI, the EU, a car."""

STOPWORDS: dict[str, frozenset[str]] = {
    "fr": (FRENCH | ENGLISH) - _MEANING["fr"],
    "en": (FRENCH | ENGLISH) - _MEANING["en"],
}
"""By the language of the text."""

UNACCENTED: dict[str, frozenset[str]] = {
    language: frozenset(word.translate(str.maketrans("àâçèéêëîïôùûü", "aaceeeeiiouuu")) for word in listed)
    for language, listed in STOPWORDS.items()
}
"""The same as people type them in a hurry."""
