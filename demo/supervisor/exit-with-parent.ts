/*
 * Loaded by --import into every process the demo starts, and into nothing else: the channel to the supervisor closes when
 * the supervisor is gone, also after kill -9, and then nobody is left to stop this process but itself.
 */
process.once('disconnect', () => process.exit(1));
process.channel?.unref();
