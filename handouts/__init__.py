"""Home-exercise handouts: screened, dosed, branded, accessible."""

__version__ = "0.1.0"
