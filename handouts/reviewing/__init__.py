"""Sign-off: which content a named, licensed person has signed, whether it is still what was signed, and until when.

Reads signatures; writes nothing and asks for no date.
"""

from handouts.reviewing.items import Item, every_item, find_items
from handouts.reviewing.parts import handout_review, sign_off_problems, sign_offs
from handouts.reviewing.signatures import Signature, Signatures, SignOff

__all__ = [
    "Item",
    "SignOff",
    "Signature",
    "Signatures",
    "every_item",
    "find_items",
    "handout_review",
    "sign_off_problems",
    "sign_offs",
]
