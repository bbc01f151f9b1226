"""Looking things up in the library: finding items, and everything known of one, in a reader's language."""
