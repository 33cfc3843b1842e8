"""Legal but odd ways to keep Macke's document, one reading at a time. Nobody may be blamed for any of them."""
