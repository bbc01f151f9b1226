"""What must never happen, tried: hostile input, faults of the machine, the clinical promises over the whole library."""
