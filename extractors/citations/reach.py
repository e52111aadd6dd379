"""How far any rule looks from its anchor.

Every match is given an end: `regex` first looks for the literals that a pattern requires, and without an end it does
so through the whole rest of the text, which makes a long text quadratic.
"""

REACH = 500
