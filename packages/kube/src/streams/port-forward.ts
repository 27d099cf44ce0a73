import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { resource, resourcePath } from '../resource.ts';
import type { Sender } from '../send.ts';
import type { ObjectName } from '../types.ts';
import { type Channels, openChannels } from './channels.ts';
import { writeAndDrain } from './drained.ts';

const Pod = resource('v1', 'Pod', 'pods');
const CHANNEL = { data: 0, error: 1 } as const;
/** Each channel begins with the number of the port, which we know. */
const PORT_BYTES = 2;

const toPod = async (local: Socket, channels: Channels): Promise<void> => {
  for await (const chunk of local) await channels.send(CHANNEL.data, chunk as Buffer);
};

const fromPod = async (local: Socket, channels: Channels): Promise<void> => {
  const toSkip: Record<number, number> = { [CHANNEL.data]: PORT_BYTES, [CHANNEL.error]: PORT_BYTES };
  for await (const { channel, data } of channels.messages) {
    const skipped = Math.min(toSkip[channel] ?? 0, data.length);
    toSkip[channel] = (toSkip[channel] ?? 0) - skipped;
    const rest = data.subarray(skipped);
    if (rest.length === 0) continue;
    if (channel === CHANNEL.error) throw new Error(rest.toString('utf8'));
    await writeAndDrain(local, rest);
  }
};

const join = async (local: Socket, open: () => Promise<Channels>): Promise<void> => {
  let channels: Channels | undefined;
  try {
    channels = await open();
    // The pod's side decides the end: when it closes, what it sent is flushed; when we close, nobody reads any more.
    await Promise.race([fromPod(local, channels), toPod(local, channels)]);
    local.end();
  } catch {
    // A client of the local port learns of a broken stream as of any broken connection.
    local.resetAndDestroy();
  } finally {
    channels?.close();
  }
};

/**
 * Opens a free port on 127.0.0.1 that leads to a port of a pod; every connection is a stream of its own. When the
 * local side closes its half of a connection, the whole connection ends. The first stream is opened at once, so that a pod
 * that cannot be reached is told here.
 */
export const forwardPort = async (sender: Sender, pod: ObjectName, port: number): Promise<{ port: number; close(): Promise<void> }> => {
  const path = resourcePath(Pod, pod, 'portforward');
  const open = () => openChannels(sender, path, new URLSearchParams({ ports: String(port) }), ['v4.channel.k8s.io']);
  (await open()).close();
  const connections = new Set<Socket>();
  const server = createServer((local) => {
    connections.add(local);
    local.on('error', () => undefined);
    local.once('close', () => connections.delete(local));
    void join(local, open);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const connection of connections) connection.destroy();
      await closed;
    },
  };
};
