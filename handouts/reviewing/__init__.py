"""Sign-off: which content a named, licensed person has signed, whether it is still what was signed, and until when.

Reads signatures; writes nothing and asks for no date.
"""

from handouts.reviewing.items import Item as Item, every_item as every_item, find_items as find_items
from handouts.reviewing.parts import (
    handout_review as handout_review,
    sign_off_problems as sign_off_problems,
    sign_offs as sign_offs,
)
from handouts.reviewing.signatures import Signatures as Signatures, SignOff as SignOff
