/** Seconds that a client waits for the server to answer before rsync reports the failure itself. */
const SERVER_PATIENCE_SECONDS = 60;

/** What a client prints at its end, before its exit code. */
const ENDED = 'godwit: rsync ended with exit code';

/**
 * Runs the arguments it is given, word for word, as soon as the other side answers.
 * Asking for the list of modules goes through tunnel and daemon, so it also works where a router accepts connections
 * for a server that is not there yet; after the patience rsync runs anyway, because its own message says what is wrong.
 * The last line tells the exit code to who follows the log: a kubelet looks for ended containers only once a second.
 */
export const RUN_SCRIPT = `end=$(($(date +%s) + ${SERVER_PATIENCE_SECONDS}))
until rsync rsync://root@localhost/ >/dev/null 2>&1 || [ "$(date +%s)" -ge "$end" ]; do sleep 0.1; done
"$@"
code=$?
echo "${ENDED} $code"
exit $code`;

/** The exit code in a piece of log that holds the last line. */
export const exitCodeIn = (text: string): number | undefined => {
  const code = new RegExp(`^${ENDED} (\\d+)$`, 'm').exec(text)?.[1];
  return code === undefined ? undefined : Number(code);
};
