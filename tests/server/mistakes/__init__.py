"""The mistakes that people and programs make, over the network; the tables of the rules are tried elsewhere."""
