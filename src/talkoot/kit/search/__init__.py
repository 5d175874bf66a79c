"""One search over what the rooms offer: hankinnoissa finds hankinta, within what the reader may see."""
