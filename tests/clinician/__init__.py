"""The clinician's tools, each tried at the command line."""
