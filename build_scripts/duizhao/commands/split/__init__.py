"""A finished site divided among several addresses, with one search: `duizhao split`.

The first address, the root, has what all laws share: lists, glossary, concordance, pages
written by hand, search with its one index, the lists of data.  Laws and pages of sources
lie at the others, the parts.

- `rule`: at which part something lies
- `layout`: whose file a path is
- `pages`: links and addresses in pages and other texts
- `lists`: what is written anew for each site
- `links`: whether links between the sites lead somewhere
- `before`: what is taken from the division before
- `divide`: the order of all this
"""
