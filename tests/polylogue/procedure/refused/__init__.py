"""Every refusal of the rules, each by the shortest history that leads to it, by what it is about."""
