"""Texts of documents on pages: bodies with what fills their gaps, images among it."""
