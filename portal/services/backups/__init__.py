"""Backups: every row and every stored file in one sealed file, for either database and either store."""
