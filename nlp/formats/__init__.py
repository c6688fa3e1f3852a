"""One file a format: `write(articles, stream)`, and `read(stream)` where it can be."""
