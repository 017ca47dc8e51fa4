"""What every test run has in common.

The machine that runs the tests may be busy, so no property is judged by how long it took.
"""

from hypothesis import settings

pytest_plugins = ["tests.servers"]

settings.register_profile("polylogue", deadline=None, print_blob=True)
settings.load_profile("polylogue")
