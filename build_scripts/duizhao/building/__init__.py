"""From the laws to the published site: pages, prints, and what is made of all of them."""
