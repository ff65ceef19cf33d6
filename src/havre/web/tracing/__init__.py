"""The browser pages of family tracing."""
