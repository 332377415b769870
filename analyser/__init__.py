"""Reads a spoken interview answer and tells what an experienced interviewer heard."""
