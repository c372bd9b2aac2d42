"""Labels for pictures: an API that takes them and starts inferences, and the worker that a state machine invokes."""
