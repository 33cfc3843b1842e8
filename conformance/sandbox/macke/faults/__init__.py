"""Macke's sandbox turned wrong, one rule at a time, by area. Each class says what is wrong, and names what it breaks."""
