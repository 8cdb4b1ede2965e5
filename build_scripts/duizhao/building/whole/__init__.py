"""What is made of the whole site, and how it takes the place of the published one."""
