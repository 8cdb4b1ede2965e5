"""What other programs read of the site: site maps, feeds, robots.txt, llms.txt, redirects."""
