import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { rootCertificates } from 'node:tls';
import { StoreError } from './store.ts';

const SILENCE_MILLISECONDS = 30_000;

/** How an URL is fetched. `caBundle` (PEM) is trusted beside the usual roots; `insecure` trusts everybody. */
export type ReadUrlOptions = {
  method?: 'GET' | 'HEAD';
  caBundle?: string | undefined;
  insecure?: boolean | undefined;
  signal?: AbortSignal | undefined;
};

/** The URL without its query, which may hold a signature: for messages. */
export const withoutSignature = (url: string): string => url.replace(/\?.*$/s, '');

/** The answer to one request without credentials; the body must be read or destroyed. Throws `StoreError` when nobody answers. */
export const readUrl = (url: string, options: ReadUrlOptions = {}): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const { protocol } = new URL(url);
    const trust = { ...(options.caBundle && { ca: [...rootCertificates, options.caBundle] }), rejectUnauthorized: !options.insecure };
    const common = { method: options.method ?? 'GET', timeout: SILENCE_MILLISECONDS, ...(options.signal && { signal: options.signal }) };
    const asked = protocol === 'https:' ? httpsRequest(url, { ...common, ...trust }, resolve) : httpRequest(url, common, resolve);
    asked.once('timeout', () => asked.destroy(new Error('no answer within 30 seconds')));
    asked.once('error', (error) => {
      const said = `${withoutSignature(url)} could not be read: ${error.message}. Check the address and its certificate authority.`;
      reject(error.name === 'AbortError' ? error : new StoreError(said, 'unreachable', error));
    });
    asked.end();
  });
