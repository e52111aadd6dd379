"""How dates are read.

`scan` finds where to read; `days`, `periods`, `counted`, `numeric` read atoms there; `compose` joins atoms;
`resolve` gives them values from the `context`.
"""
