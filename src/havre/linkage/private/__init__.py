"""Private query: does another instance perhaps hold this child, without telling it whom we seek?

Two instances share a secret of 32 bytes. The holder of a register makes an offer, the asker a question on it:

```python
from havre.linkage.private import answer, ask, bits_for, least_bits_of, offer, private_keys, read

# the holder, once the register has changed
bits = bits_for(len(children))
made = offer((key for child in children for key in private_keys(child, secret, "index", bits)), bits)
# made.message to the peer; made.key stays sealed

# the asker
question = ask(private_keys(sought, secret, "query", least_bits_of(message)))  # question.request to the holder

# the holder
response = answer(made.key, question.request)  # to the asker

# the asker
read(question, message, response)  # Answer.POSSIBLE or Answer.NO, nothing else
```

Who is asked, how often, with whose consent and who is contacted is the application's part. Limit the questions of a peer
(`README.md` says what each costs in guesses) and log each on both sides. Every function raises ValueError for messages of
another form and RuntimeError where the package openmined_psi is missing.
"""

from __future__ import annotations

from havre.linkage.private.intersection import Answer, Offer, Question, answer, ask, least_bits_of, offer, read
from havre.linkage.private.keys import LEAST_BITS, MOST_KEYS, bits_for, private_keys

__all__ = [
    "LEAST_BITS",
    "MOST_KEYS",
    "Answer",
    "Offer",
    "Question",
    "answer",
    "ask",
    "bits_for",
    "least_bits_of",
    "offer",
    "private_keys",
    "read",
]
