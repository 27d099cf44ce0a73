import { readFileSync } from 'node:fs';
import { get } from 'node:https';

/** Whether an HTTPS address answers with a good status, and with a certificate of this authority. */
export const answers = (url: string, authorityPath: string): Promise<boolean> =>
  new Promise((resolve) => {
    const request = get(url, { ca: readFileSync(authorityPath), timeout: 5000, agent: false }, (incoming) => {
      incoming.resume();
      resolve((incoming.statusCode ?? 500) < 300);
    });
    request.on('timeout', () => request.destroy()).on('error', () => resolve(false));
  });
