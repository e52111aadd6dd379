"""The pages. Each module here that has `ROUTES` is part of the room (see outputs.web.page)."""
