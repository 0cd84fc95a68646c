"""The grammar of quantities and dates: from characters to amounts with their units, in steps that each read one thing.

tokens -> digits, spelled -> magnitudes (with powers of ten) -> amounts (with units or counted things) and portions ->
ranges -> sharing (units taken from neighbours); naming says what is only a name. Dates: stretches, years, days,
periods -> dating. The words are data: ``units.toml``, ``french.toml``, ``english.toml``.
"""
