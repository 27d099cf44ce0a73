import type { Dispatcher } from 'undici';
import type { Access } from './access.ts';
import type { Identity } from './credentials/identity.ts';
import { type Lane, openLane } from './transport.ts';

/** The open connections to one API server, by lane. */
export type Connections = { of(lane: Lane, identity: Identity): Dispatcher; close(): Promise<void> };

/** Connections are bound to the client certificate they were opened with; a new certificate opens new ones. */
export const connectionsTo = (access: Access, requestTimeoutSeconds: number): Connections => {
  const open = new Map<Lane, { cert: string | undefined; dispatcher: Dispatcher }>();
  const retired = new Set<Dispatcher>();
  /** What still runs on the old connections may end there. */
  const retire = (dispatcher: Dispatcher) => {
    retired.add(dispatcher);
    void dispatcher
      .close()
      .catch(() => undefined)
      .finally(() => retired.delete(dispatcher));
  };
  return {
    of: (lane, { certificate }) => {
      const current = open.get(lane);
      if (current?.cert === certificate?.cert && current) return current.dispatcher;
      if (current) retire(current.dispatcher);
      const dispatcher = openLane(access, lane, certificate, requestTimeoutSeconds);
      open.set(lane, { cert: certificate?.cert, dispatcher });
      return dispatcher;
    },
    close: async () => {
      await Promise.all([...[...open.values()].map(({ dispatcher }) => dispatcher), ...retired].map((each) => each.destroy()));
      open.clear();
    },
  };
};
