"""The pages of tracing, one module per place in the story."""
