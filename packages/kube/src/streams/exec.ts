import { ConnectionError } from '../errors.ts';
import { resource, resourcePath } from '../resource.ts';
import type { Sender } from '../send.ts';
import type { ExecOptions, ExecResult, ObjectName } from '../types.ts';
import { type Channels, openChannels } from './channels.ts';
import { exitCodeOf } from './exec-status.ts';

const Pod = resource('v1', 'Pod', 'pods');
const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, status: 3, close: 255 } as const;
const STDIN_CHUNK = 32 * 1024;
/** Who sees the output as it comes gets only its end again, so that a long stream needs no memory. */
const KEPT_BYTES = 64 * 1024;

/** Collects output: all of it, or its last bytes. */
const collector = (limit: number) => {
  let chunks: Buffer[] = [];
  let size = 0;
  return {
    add: (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= 2 * limit) return;
      chunks = [Buffer.concat(chunks).subarray(-limit)];
      size = limit;
    },
    text: () => Buffer.concat(chunks).subarray(-limit).toString('utf8'),
  };
};

const feed = async (channels: Channels, stdin: Uint8Array | string): Promise<void> => {
  const bytes = Buffer.from(stdin as string);
  for (let start = 0; start < bytes.length; start += STDIN_CHUNK)
    await channels.send(CHANNEL.stdin, bytes.subarray(start, start + STDIN_CHUNK));
  await channels.send(CHANNEL.close, Buffer.from([CHANNEL.stdin]));
};

const gather = async (channels: Channels, options: ExecOptions, what: string): Promise<ExecResult | undefined> => {
  const limit = options.onOutput ? KEPT_BYTES : Number.MAX_SAFE_INTEGER;
  const output = { stdout: collector(limit), stderr: collector(limit) };
  for await (const { channel, data } of channels.messages) {
    if (channel === CHANNEL.status)
      return { exitCode: exitCodeOf(data.toString('utf8'), what), stdout: output.stdout.text(), stderr: output.stderr.text() };
    const stream = channel === CHANNEL.stdout ? 'stdout' : channel === CHANNEL.stderr ? 'stderr' : undefined;
    if (stream === undefined || data.length === 0) continue;
    output[stream].add(data);
    options.onOutput?.(stream, data);
  }
  return undefined;
};

/**
 * Runs a command in a container and waits for its end. Without `onOutput` the result holds all output, with it the
 * last 64 KiB of each stream. Standard input needs Kubernetes 1.30, whose protocol can close it; a command that ends
 * without reading much input may leave the server silent (kubectl hangs there too), so give such calls a `signal`.
 */
export const execIn = async (
  sender: Sender,
  pod: ObjectName,
  command: readonly string[],
  options: ExecOptions = {},
): Promise<ExecResult> => {
  const { container, stdin, signal } = options;
  const query = new URLSearchParams([
    ...command.map((word): [string, string] => ['command', word]),
    ...(container ? [['container', container] as [string, string]] : []),
    ...(stdin === undefined ? [] : [['stdin', 'true'] as [string, string]]),
    ['stdout', 'true'],
    ['stderr', 'true'],
  ]);
  const protocols = stdin === undefined ? ['v5.channel.k8s.io', 'v4.channel.k8s.io'] : ['v5.channel.k8s.io'];
  const channels = await openChannels(sender, resourcePath(Pod, pod, 'exec'), query, protocols, signal);
  const what = `exec in pod ${pod.namespace}/${pod.name}`;
  signal?.addEventListener('abort', channels.close, { once: true });
  try {
    if (stdin !== undefined) void feed(channels, stdin);
    const result = await gather(channels, options, what);
    signal?.throwIfAborted();
    if (result) return result;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', channels.close);
    channels.close();
  }
  throw new ConnectionError(`${sender.server}: ${what}: the stream ended without an exit code; see whether the pod still runs`, {
    server: sender.server,
    fault: 'reset',
  });
};
