"""Changed posts shown and made: differences, previews, variants, the smallest set of fixes."""
