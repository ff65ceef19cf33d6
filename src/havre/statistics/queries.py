"""What may this person know of numbers?"""
