"""The ranking model; takes frames and arrays, knows no file format."""
