"""Processes that share work: how they are started, how they divide it, how they talk."""
