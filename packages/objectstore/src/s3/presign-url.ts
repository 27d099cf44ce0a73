import { createHash, createHmac } from 'node:crypto';

/** What a presigned URL is made of. */
export type Presign = {
  method: 'GET' | 'HEAD' | 'PUT';
  region: string;
  bucket: string;
  key: string;
  /** Scheme, host and port of another store than AWS. */
  endpoint?: string | undefined;
  /** The bucket in the path instead of in the host name. */
  pathStyle?: boolean | undefined;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
  /** When the URL begins to count. */
  now: Date;
  /** How long it counts, at most a week. */
  seconds: number;
  /** Headers that the request must carry exactly so; lower-case names. */
  headers?: Readonly<Record<string, string>> | undefined;
};

const ALGORITHM = 'AWS4-HMAC-SHA256';
const WEEK_SECONDS = 7 * 24 * 60 * 60;

const encodeByte = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/** Encodes text for a signed URL as AWS does: all but letters, digits, `-_.~` and, in paths, `/`. */
export const uriEncode = (text: string, keepSlash = true): string =>
  [...Buffer.from(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9_.~-]/.test(character) || (keepSlash && character === '/') ? character : encodeByte(byte);
    })
    .join('');

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const check = (options: Presign): void => {
  const missing = (['region', 'bucket', 'key', 'accessKeyId', 'secretAccessKey'] as const).filter((name) => !options[name]);
  if (missing.length > 0) throw new Error(`A URL cannot be signed without ${missing.join(', ')}; give them all.`);
  if (!(options.seconds > 0 && options.seconds <= WEEK_SECONDS))
    throw new Error(`A signed URL may count for 1 to ${WEEK_SECONDS} seconds, not for ${options.seconds}; choose less.`);
};

const addressOf = ({ endpoint, region, bucket, key, pathStyle }: Presign): { origin: string; host: string; path: string } => {
  const base = new URL(endpoint ?? `https://s3.${region}.amazonaws.com`);
  const host = pathStyle ? base.host : `${bucket}.${base.host}`;
  const folder = base.pathname.replace(/\/+$/, '');
  return { origin: `${base.protocol}//${host}`, host, path: folder + uriEncode(pathStyle ? `/${bucket}/${key}` : `/${key}`) };
};

const stamp = (now: Date): string => `${now.toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;

const queryOf = (parameters: Record<string, string>): string =>
  Object.entries(parameters)
    .map(([name, value]) => [uriEncode(name, false), uriEncode(value, false)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map((pair) => pair.join('='))
    .join('&');

const signingKey = (secret: string, scope: readonly string[]): Buffer =>
  scope.reduce<Buffer | string>((key, part) => hmac(key, part), `AWS4${secret}`) as Buffer;

/** A URL that carries its permission in itself (SigV4 in the query, unsigned payload). Throws when an option is missing. */
export const presignUrl = (options: Presign): string => {
  check(options);
  const { origin, host, path } = addressOf(options);
  const time = stamp(options.now);
  const scope = [time.slice(0, 8), options.region, 's3', 'aws4_request'];
  const headers = Object.entries({ ...options.headers, host }).sort(([one], [other]) => (one < other ? -1 : 1));
  const signedHeaders = headers.map(([name]) => name).join(';');
  const query = queryOf({
    'X-Amz-Algorithm': ALGORITHM,
    'X-Amz-Credential': [options.accessKeyId, ...scope].join('/'),
    'X-Amz-Date': time,
    'X-Amz-Expires': String(options.seconds),
    ...(options.sessionToken ? { 'X-Amz-Security-Token': options.sessionToken } : {}),
    'X-Amz-SignedHeaders': signedHeaders,
  });
  const canonicalHeaders = headers.map(([name, value]) => `${name}:${value.trim()}\n`).join('');
  const request = [options.method, path, query, canonicalHeaders, signedHeaders, 'UNSIGNED-PAYLOAD'].join('\n');
  const toSign = [ALGORITHM, time, scope.join('/'), sha256(request)].join('\n');
  const signature = hmac(signingKey(options.secretAccessKey, scope), toSign).toString('hex');
  return `${origin}${path}?${query}&X-Amz-Signature=${signature}`;
};
