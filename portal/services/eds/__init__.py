"""Electronic digital signatures: RSA and KZ GOST 34.10-2015, checked by our own code, against named anchors only."""
