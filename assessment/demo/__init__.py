"""The demo: fictional forums with their people, rounds and answers, made through the real actions."""
