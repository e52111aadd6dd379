"""How dates are read: `grammar` reads atoms, `scan` finds where to read, `compose` joins them, `resolve` values them."""
