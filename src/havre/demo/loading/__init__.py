"""How the invented world comes into a database: see the modules of this package and `havre.demo.load`."""
