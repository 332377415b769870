"""From the corpus to a model file with its card: read, fit, measure, write. Imported by the command line alone."""
