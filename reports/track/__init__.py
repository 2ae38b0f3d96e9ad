"""The development track of a forum: its year on one line, what the forum chose in it and what it agreed to do."""
