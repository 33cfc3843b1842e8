"""The reference sandbox: the documented order APIs as one server that keeps its contracts.

Life cycle: `app.create_app` finds the vendors (one package below this one each), makes their tables in a
`Store`, seeds them once, and mounts each vendor's routes at the vendor's real paths, beside `/_states` for
provider states. `server` runs that application, blocking (`serve`) or in a thread (`running`); `spawn` runs it as
a child process and holds what a target file says of it.

What a vendor answers is decided by its rules, a class of small methods. A fault or a personality is a class
that overrides one of them; `create_app(overrides=[...])` lays such classes over the default rules.
"""
