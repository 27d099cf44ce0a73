/** Seconds that a client waits for the server to answer before rsync reports the failure itself. */
export const SERVER_PATIENCE_SECONDS = 60;

/**
 * Runs the arguments it is given, word for word, as soon as the other side answers.
 * Asking for the list of modules goes through tunnel and daemon, so it also works where a router accepts connections
 * for a server that is not there yet; after the patience rsync runs anyway, because its own message says what is wrong.
 */
export const RUN_SCRIPT = `end=$(($(date +%s) + ${SERVER_PATIENCE_SECONDS}))
until rsync rsync://root@localhost/ >/dev/null 2>&1 || [ "$(date +%s)" -ge "$end" ]; do sleep 0.1; done
exec "$@"`;
