"""What is counted exactly for those who may open the files behind it: one indicator per file."""
