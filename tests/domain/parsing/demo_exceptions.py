"""Stated values of the demo data that words alone cannot give, with the reason. Reviewed row by row; at most 6 %.

Keys are ids of claims (c…) and of citations (z…). A row that the parser reads as stored must not stand here.
"""

_FRACTION = "A fraction of another claim's number, stored as the number that an editor computed."
_BRIGADES = "Two numbers, of brigades and of soldiers: only the sentence around says that the second is the total."
_MULTIPLIED = "The number is a product, two times 6,000, that an editor computed."
_ALL_BUT_ONE = "A part of a whole whose size is not stated: “one” is who is left out, not the figure."
_SURVIVOR = "The figure is what is left of 40 without the survivor, which an editor computed."
_MAY_GROW = "An upper bound only because “may grow to” speaks of a possible future."
_ARTICLE = "The article “a” is the number."
_DISPLAY = "A lower bound because the portraits were counted by others, who do not say that they are all."

EXCEPTIONS: dict[str, str] = {
    "c025": _BRIGADES,
    "z025": _BRIGADES,
    "c027": _MULTIPLIED,
    "z027": _MULTIPLIED,
    "c044": _ALL_BUT_ONE,
    "z044": _ALL_BUT_ONE,
    "c045": _SURVIVOR,
    "z045": _SURVIVOR,
    "c076": _MAY_GROW,
    "z076": _MAY_GROW,
    "z092": "A bare number; that it is estimated stands before it in the quote.",
    "z094": "A bare number; the outlet gives as reached what the claimant estimated.",
    "c123": _ARTICLE,
    "z123": _ARTICLE,
    "c162": _FRACTION,
    "z162": _FRACTION,
    "c176": _FRACTION,
    "z176": _FRACTION,
    "c189": _FRACTION,
    "z189": _FRACTION,
    "c233": _DISPLAY,
    "z233": _DISPLAY,
}
