"""spaCy factories, one a file: segment (tokenizer), resolve, normalize, link, classify."""
