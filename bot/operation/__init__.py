"""The bot as a process: starting and stopping it, what it logs and counts, whether it is well."""
