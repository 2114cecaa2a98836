"""Files of the output: worked out, staged in this process or another, and put in place."""
