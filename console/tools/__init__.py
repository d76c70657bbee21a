"""Tools of the bot in other systems: adapters of :class:`console.assist.bot.ports.Tools`."""
