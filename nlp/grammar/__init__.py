"""Rules that find what a notice says by its form: counts, percentages, titles and numbers of documents, names."""
