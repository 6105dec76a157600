"""The review desk: what its pages show, and what a reviewer may do there.

Everything here works on a plain `sqlite3.Connection` and knows nothing of Datasette, whose plugin only routes.
"""
