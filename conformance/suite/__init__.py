"""What is asked of a target: scenarios and properties, one folder per vendor, as pytest modules.

`pytest --pyargs conformance.suite --target FILE` runs them as any other tests; `conformance run` does the same and
prints what came out.
"""
