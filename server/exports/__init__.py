"""Documents that leave the server: the text of an item as Markdown and as PDF, for readers without the board."""
