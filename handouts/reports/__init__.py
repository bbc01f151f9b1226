"""What is said of programs and of the library's items outside the handout: records for JSON, lines for a chart."""
