"""Coinbase Exchange: candles over REST, the ticker over a WebSocket, and a generated stand-in.
Nothing is defined here."""
