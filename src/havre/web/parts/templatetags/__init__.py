"""Template tag libraries of the parts."""
