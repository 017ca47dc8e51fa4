"""Documents that leave the server: pages, the command, the addresses."""
