"""The session in which a forum talks about its result: preparing it, presenting, recording what the group says."""
