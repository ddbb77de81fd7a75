"""This is the door for people with browsers: it translates, and decides nothing."""
