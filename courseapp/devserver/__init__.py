"""`make run`: the whole site on one's own machine, from one command that ends with all it started."""
