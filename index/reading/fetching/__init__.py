"""Fetching one page of the open web, guarded against the page, its server and the person who asks."""
