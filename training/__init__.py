"""Training of the shipped model; imports the library, never imported by it."""
