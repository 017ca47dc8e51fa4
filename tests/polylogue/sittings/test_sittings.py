"""Random sittings stay sound and can be brought to their ends."""

from hypothesis import settings

from tests.polylogue.sittings.sitting import Sitting

TestSitting = Sitting.TestCase
TestSitting.settings = settings(max_examples=60, stateful_step_count=50)
