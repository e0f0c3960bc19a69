"""What each page reads of the published views, as values.
How they are reached is in `data`; no text and no layout here."""
