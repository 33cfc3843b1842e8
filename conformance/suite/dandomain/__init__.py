"""What is asked of DanDomain: order API of its shops."""
