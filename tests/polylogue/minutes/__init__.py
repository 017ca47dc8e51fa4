"""Minutes: made from histories, looked at as a reader sees them."""
