"""Taking back what a load wrote: what it was, what rests on it, putting it back."""
