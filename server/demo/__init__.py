"""The demo: a whole simulated session, played through the public API and shown as it goes."""
