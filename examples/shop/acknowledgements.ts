import type { Kubectl } from './kubectl.ts';
import { NAMESPACE } from './manifest.ts';
import type { Rows } from './rows.ts';

/** Orders that the writer was told are safe, growing while its pod runs. */
export type Acknowledgements = {
  acknowledged: Rows;
  /** Settles when the writer's pod has ended and its last line is read; rejects when the log could not be followed. */
  ended: Promise<void>;
  /** Stops following at once. */
  stop(): void;
};

const ACKNOWLEDGEMENT = /^ack (\d+) ([0-9a-f]{32})$/;

/** Reads one line of the writer's log: the id and hash of a committed order, or nothing. */
export const acknowledgement = (line: string): [id: string, hash: string] | undefined => {
  const [, id, hash] = ACKNOWLEDGEMENT.exec(line) ?? [];
  return id && hash ? [id, hash] : undefined;
};

/**
 * Follows the writer's log from the begin of its pod. The log lies outside of the database, and a line is printed only after the commit:
 * what is in it must never be lost. Start following before the migration does; wait for `ended` after the quiesce.
 */
export const followAcknowledgements = (kubectl: Kubectl): Acknowledgements => {
  const acknowledged: Rows = new Map();
  const controller = new AbortController();
  const follow = async () => {
    for await (const line of kubectl.lines(
      ['--namespace', NAMESPACE, 'logs', '--follow', '--tail=-1', 'deployment/writer'],
      controller.signal,
    )) {
      const found = acknowledgement(line);
      if (found) acknowledged.set(...found);
    }
  };
  const ended = follow();
  ended.catch(() => {}); // whoever waits for it sees it
  return { acknowledged, ended, stop: () => controller.abort() };
};
