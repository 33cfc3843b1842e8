"""A run: the pytest plugin that drives the suite, the verdict policy, and the run file that holds the evidence."""
