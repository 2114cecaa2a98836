"""Judgements: forecasts, their outcomes and their scores."""
