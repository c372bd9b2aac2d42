"""What finds labels in a picture: one interface, one module for each engine."""
