"""Why somebody is not ranked: each gate looks at all and says whom it holds back."""
