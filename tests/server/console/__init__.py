"""The console: pages for people, and what keeps them up to date."""
