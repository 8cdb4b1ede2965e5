"""One page: from Markdown to HTML in the theme, without MkDocs."""
