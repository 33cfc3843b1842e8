"""What is asked of Ich hab ne Macke."""
