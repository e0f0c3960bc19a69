"""KMA's weather: nowcast, forecasts and station measurements, as its APIs tell them.
No other weather here: the default, without a key, is `open_meteo`."""
