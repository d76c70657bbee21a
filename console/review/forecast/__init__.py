"""How many customers and hand-overs the coming week brings, hour by hour, and what such forecasts were worth."""
