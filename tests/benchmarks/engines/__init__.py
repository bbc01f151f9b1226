"""The same handouts through other engines: same words, same figures, about as many pages."""
