"""Language models that write: what they are asked, what they answer, and what is taken of it."""
