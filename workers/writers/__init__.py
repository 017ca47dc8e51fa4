"""Writers: who may word a clause as nobody has yet, for rules to choose from."""
