"""Programs and the library's items as records for JSON, and as lines for the patient's chart."""
